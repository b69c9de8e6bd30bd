import fc from 'fast-check';

// The same random cases in every run, so that a change is judged by itself. SEED=<n> runs others; a failure names its seed.
const seed = Number(process.env.SEED ?? '20260803');
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
