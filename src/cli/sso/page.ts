/** What the browser shows in the end. It loads nothing, from nowhere. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>matrix-access-token</title>
</head>
<body>
<h1>You can close this window.</h1>
<p>The terminal says how the login went on.</p>
</body>
</html>
`

/** Sent with every answer: nothing is kept, nothing is loaded or framed, no address is passed on. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}
