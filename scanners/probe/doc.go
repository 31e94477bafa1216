// Package probe calls endpoints that were declared, and tells what they negotiate and answer: TLS versions, certificates, redirects,
// headers, STARTTLS. It calls nothing else.
package probe
