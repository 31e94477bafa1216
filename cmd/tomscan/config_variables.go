package main

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// variablesFile returns an object of the configuration as the text of a variables file: each assignment on the line on
// which it stands, as far as no two share one. It returns nil for no object, and for one without any.
func (c config) variablesFile(object hcl.Expression) []byte {
	if object == nil {
		return nil
	}
	pairs, _ := hcl.ExprMap(object) // checkVariables has reported what is wrong
	var b bytes.Buffer
	for _, pair := range pairs {
		key, _ := pair.Key.Value(nil)
		at := pair.Value.Range()
		for line := 1 + bytes.Count(b.Bytes(), []byte("\n")); line < at.Start.Line; line++ {
			b.WriteByte('\n')
		}
		b.WriteString(key.AsString() + " = ")
		b.Write(at.SliceBytes(c.source))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// checkVariables checks that variables are an object of literals with names that variables can have, when there are any.
func checkVariables(e hcl.Expression) hcl.Diagnostics {
	value, d := e.Value(nil)
	if d.HasErrors() || value.IsNull() {
		return d
	}
	pairs, d := hcl.ExprMap(e)
	for _, pair := range pairs {
		if key, diagnostics := pair.Key.Value(nil); diagnostics.HasErrors() || !hclsyntax.ValidIdentifier(key.AsString()) {
			d = append(d, problem("Unusable variable", "The name of a variable begins with a letter and has letters, digits, _ and -.", pair.Key.Range()))
		}
	}
	return d
}
