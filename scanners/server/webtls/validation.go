package webtls

// Validation is an expression for the names of which certificate authorities fetch files in clear text to see that a domain belongs to
// somebody. What else is below /.well-known/ is metadata like any other content: https://datatracker.ietf.org/doc/html/rfc8615#section-3
// The first two are registered (https://www.iana.org/assignments/well-known-uris/well-known-uris.xhtml), the third is that of cPanel.
const Validation = `\.well-known/(?:acme-challenge|pki-validation|cpanel-dcv)`
