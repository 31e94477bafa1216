package eval

import "slices"

// merge returns the block base changed by an override file's block: its attributes replace those of base, and its
// nested blocks replace all of their type. Of a lifecycle block only the arguments are replaced.
// https://developer.hashicorp.com/terraform/language/files/override
func merge(base, over *block) *block {
	merged := *base
	merged.body = mergeBodies(base.body, over.body)
	return &merged
}

func mergeBodies(base, over *body) *body {
	out := &body{}
	for _, a := range base.attrs {
		if over.get(a.name) == nil {
			out.attrs = append(out.attrs, a)
		}
	}
	out.attrs = append(out.attrs, over.attrs...)
	replaced := map[string]bool{}
	for _, b := range over.blocks {
		replaced[effectiveType(b)] = true
	}
	lifecycle := base.first("lifecycle")
	for _, b := range base.blocks {
		if !replaced[effectiveType(b)] {
			out.blocks = append(out.blocks, b)
		}
	}
	for _, b := range over.blocks {
		if b.typ == "lifecycle" && lifecycle != nil {
			b = merge(lifecycle, b)
		}
		out.blocks = append(out.blocks, b)
	}
	out.attrs = slices.Clip(out.attrs)
	return out
}

// effectiveType returns the type of the blocks that b stands for, dynamic ones included.
func effectiveType(b *block) string {
	if b.typ == "dynamic" && len(b.labels) == 1 {
		return b.labels[0]
	}
	return b.typ
}
