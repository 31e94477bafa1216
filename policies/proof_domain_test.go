package policies

import "github.com/open-policy-agent/opa/v1/ast"

// mustParse parses a module of a test.
func mustParse(text string) *ast.Module {
	m, err := parse("test.rego", []byte(text))
	if err != nil {
		panic(err)
	}
	return m
}
