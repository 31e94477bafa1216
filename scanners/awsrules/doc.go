// Package awsrules says what AWS makes of settings, whoever tells them: code or the live API. It holds what an access
// policy allows or denies, what packet rules open to the world, how often a schedule runs, which TLS versions a policy's
// name stands for, and the defaults of engines, each with the vendor's documentation.
//
// It reads nothing and knows no collector: it takes values, known or not, and gives values. What is not known stays so.
package awsrules
