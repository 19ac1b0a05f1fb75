export interface Places {
  /** A listener on loopback. */
  readonly url: string;
  /** A file with a secret. */
  readonly file: string;
}

/**
 * Ways to make a page reach for what it must not. Without our walls, and without the browser's own for this machine, 18 of
 * them do; it refuses files and parts of other sites' drawings by itself.
 */
export const PAYLOADS: Readonly<Record<string, (places: Places) => string>> = {
  'a picture': ({ url }) => `<img src="${url}/img">`,
  'a frame': ({ url }) => `<iframe src="${url}/iframe"></iframe>`,
  'a frame with a page of its own': ({ url }) =>
    `<iframe srcdoc='<img src="${url}/srcdoc"><iframe src="${url}/srcdoc-frame"></iframe>'></iframe>`,
  'an embedded page': ({ url }) => `<embed src="${url}/embed" type="text/html">`,
  'an object': ({ url }) => `<object data="${url}/object" type="text/html"></object>`,
  'a picture of the style': ({ url }) => `<style>body { background: url(${url}/css) }</style>`,
  'an imported style': ({ url }) => `<style>@import "${url}/import";</style>`,
  'a font': ({ url }) =>
    `<style>@font-face { font-family: x; src: url(${url}/font) } p { font-family: x }</style>`,
  'a linked style': ({ url }) => `<link rel="stylesheet" href="${url}/link">`,
  'a preload': ({ url }) => `<link rel="preload" as="image" href="${url}/preload">`,
  'a prefetch': ({ url }) => `<link rel="prefetch" href="${url}/prefetch">`,
  'a connection in advance': ({ url }) => `<link rel="preconnect" href="${url}">`,
  'a refresh': ({ url }) => `<meta http-equiv="refresh" content="0; url=${url}/refresh">`,
  'a script that asks': ({ url }) =>
    `<script>fetch("${url}/fetch"); new WebSocket("${url.replace('http', 'ws')}/socket")</script>`,
  'a script that leads away': ({ url }) => `<script>location = "${url}/away"</script>`,
  'a script of a picture': ({ url }) =>
    `<svg onload="location='${url}/onload'"><image href="${url}/svg"/></svg>`,
  'a part of another drawing': ({ url }) => `<svg><use href="${url}/use#a"/></svg>`,
  'a video': ({ url }) => `<video src="${url}/video" poster="${url}/poster" autoplay></video>`,
  'a form that sends itself': ({ url }) =>
    `<form id="f" action="${url}/form" method="post"><input autofocus onfocus="f.submit()"></form>`,
  'another base': ({ url }) => `<base href="${url}/"><img src="base"><link rel="icon" href="icon">`,
  'a frame with a file': ({ file }) => `<iframe src="file://${file}"></iframe>`,
  'an object with a file': ({ file }) => `<object data="file://${file}"></object>`,
  'a refresh to a file': ({ file }) =>
    `<meta http-equiv="refresh" content="0; url=file://${file}">`,
};
