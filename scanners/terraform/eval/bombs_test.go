package eval

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// doubling returns locals each of which doubles the one before.
func doubling(first, next string, n int) string {
	text := "locals {\n l0 = " + first + "\n"
	for i := 1; i <= n; i++ {
		text += fmt.Sprintf(" l%d = %s\n", i, strings.ReplaceAll(next, "X", fmt.Sprintf("local.l%d", i-1)))
	}
	return text + "}\n"
}

// TestBombs evaluates configurations that would take all memory or time without bounds.
func TestBombs(t *testing.T) {
	use := func(expr string) string { return "resource \"test\" \"x\" {\n a = " + expr + "\n}\n" }
	nested := "x"
	for i := range 40 {
		nested = fmt.Sprintf("[for v%d in [[1,1]] : %s]", i, strings.ReplaceAll(nested, "x", fmt.Sprintf("[for w in [v%d, v%d] : x]", i, i)))
	}
	tests := map[string]string{
		"text":           doubling(`"xxxxxxxxxxxxxxxx"`, `"${X}${X}"`, 50) + use("local.l50"),
		"unknown text":   "variable \"v\" {}\n" + doubling(`"x${var.v}"`, `"${X}${X}"`, 50) + use("local.l50"),
		"list":           doubling(`["x"]`, `concat(X, X)`, 50) + use("local.l50"),
		"shared":         doubling(`["x"]`, `[X, X]`, 60) + use("jsonencode(local.l60)"),
		"shared object":  doubling(`{ a = 1 }`, `{ a = X, b = X }`, 60) + use("local.l60 == local.l59"),
		"json":           doubling(`"x"`, `jsonencode([X, X])`, 60) + use("local.l60"),
		"number":         doubling(`10`, `X * X`, 60) + use(`"${local.l60}"`),
		"exponent":       use(`"${1e999999999}"`),
		"parsed number":  use(`jsondecode("1e999999999")`),
		"power":          use(`tostring(pow(10, 100000000))`),
		"loops":          use("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]"),
		"product":        use("setproduct(range(1000), range(1000), range(1000))"),
		"replace":        "locals { big = join(\"\", [for i in range(1000) : \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]) }\n" + use(`replace(replace(local.big, "a", local.big), "a", local.big)`),
		"regex replace":  "locals { big = join(\"\", [for i in range(1000) : \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]) }\n" + use(`replace(local.big, "/a/", local.big)`),
		"format width":   use(`format("%999999999d", 1)`),
		"format index":   "locals { big = join(\"\", [for i in range(1000) : \"%[1]s\"]) }\n" + use(`format(local.big, local.big)`),
		"indent":         use(`indent(999999999, "a\nb")`),
		"instances":      "resource \"test\" \"x\" {\n count = 10000\n}\nmodule \"a\" {\n source = \"./a\"\n count = 10000\n}\n",
		"nested json":    "locals { big = join(\"\", [for i in range(1000) : \"" + strings.Repeat("[", 3000) + "\"]) }\n" + use("jsondecode(local.big)"),
		"aliases":        use("yamldecode(\"" + yamlBomb() + "\")"),
		"subnets":        use(`cidrsubnets("10.0.0.0/8", [for i in range(1000) : 20]...)`),
		"nested loops":   use(nested),
		"distinct":       use("distinct([for p in setproduct(range(300), range(300)) : p])"),
		"many matches":   use("matchkeys([for p in setproduct(range(300), range(300)) : 1], [for p in setproduct(range(300), range(300)) : p[0]], range(1000))"),
		"format list":    use(`formatlist("%s", [for p in setproduct(range(300), range(300)) : "x"])`),
		"templates":      use(`templatestring("$${templatestring(\"x\", {})}", {})`),
		"long chain":     doubling(`"x"`, `X`, 5000) + use("local.l5000"),
		"many operators": use(strings.Repeat("1 + ", 1500) + "1"),
		"glob":           use(`fileset(".", "**/**/**/**/**/**/**/**/**/**/*a*b*c*d*e*f*g*h*i*j*k*")`),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			p := NewParser(files(map[string]string{"main.tf": text, "a/main.tf": "module \"b\" {\n source = \"../b\"\n count = 10000\n}", "b/main.tf": "resource \"test\" \"y\" {\n count = 10000\n}"}))
			p.work = maxRootWork / 20
			r, err := p.Evaluate(t.Context(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			digestBlock(r, r.Instances[0].Block, 0)
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if m.HeapAlloc > 2<<30 {
				t.Errorf("%d MiB", m.HeapAlloc>>20)
			}
		})
	}
}

func yamlBomb() string {
	text := `a0: &a0 x`
	for i := 1; i < 30; i++ {
		text += fmt.Sprintf(`\na%d: &a%d [*a%d, *a%d, *a%d]`, i, i, i-1, i-1, i-1)
	}
	return text
}
