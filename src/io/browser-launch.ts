import type { Browser } from 'puppeteer-core';
import { findBrowser, type FoundBrowser } from './browser.js';
import { temporaryProfile } from './browser-profile.js';
import { reasonOf } from './pdf-page.js';

const LAUNCH_TIMEOUT = 120_000;
const PROTOCOL_TIMEOUT = 120_000;
const CLOSE_TIMEOUT = 5_000;

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Letter shapes and line breaks must not depend on the font settings of the desktop.
  '--font-render-hinting=none',
  // Interception comes too late for connections: preconnect, prefetch, frames and objects open them anyway.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
];

export interface Running {
  browser: Browser;
  stop: () => Promise<void>;
}

/** One browser, tried twice: a machine that has just woken up may be slow the first time. @throws BrowserMissing */
export async function startBrowser(env: NodeJS.ProcessEnv, configured?: string): Promise<Running> {
  const found = await findBrowser(env, configured);
  try {
    return await launch(found, env);
  } catch {
    return await launch(found, env).catch((cause: unknown) => {
      throw new Error(
        `Nettleseren ${found.executable} lot seg ikke starte: ${reasonOf(cause)}. ${startAdvice(found)}`,
        { cause },
      );
    });
  }
}

/** Ubuntu allows the sandbox only to browsers from its packages; all we see is that the browser is gone. */
function startAdvice(found: FoundBrowser): string {
  const other = 'En annen nettleser kan oppgis i miljøvariabelen INKASSO_BROWSER.';
  if (process.platform !== 'linux' || found.source === 'system') return other;
  return `Noen Linux-systemer godtar bare nettlesere fra pakkesystemet: installer Chromium eller Chrome derfra. ${other}`;
}

async function launch(found: FoundBrowser, env: NodeJS.ProcessEnv): Promise<Running> {
  const { default: puppeteer } = await import('puppeteer-core');
  let browser: Browser | undefined;
  const profile = await temporaryProfile(() => browser?.process()?.kill('SIGKILL'));
  try {
    const started = await puppeteer.launch({
      executablePath: found.executable,
      args: [...FLAGS, ...found.args],
      env: { ...env, ...found.env },
      userDataDir: profile.folder,
      pipe: true,
      headless: true,
      timeout: LAUNCH_TIMEOUT,
      protocolTimeout: PROTOCOL_TIMEOUT,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    browser = started;
    return { browser: started, stop: () => stopBrowser(started).finally(profile.remove) };
  } catch (error) {
    await profile.remove();
    throw error;
  }
}

async function stopBrowser(browser: Browser): Promise<void> {
  const timer = setTimeout(() => browser.process()?.kill('SIGKILL'), CLOSE_TIMEOUT);
  try {
    await browser.close();
  } catch {
    browser.process()?.kill('SIGKILL');
  } finally {
    clearTimeout(timer);
  }
}
