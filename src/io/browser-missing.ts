/** No browser can print; the message is written for the user. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
}

export const INSTALL_A_BROWSER =
  'Installer Google Chrome, Chromium eller Microsoft Edge, ' +
  'eller oppgi full sti til en av dem i miljøvariabelen INKASSO_BROWSER.';
