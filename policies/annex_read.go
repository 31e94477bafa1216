package policies

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// annexReader reads one annex file and collects what is wrong with it.
type annexReader struct {
	catalogue Catalogue
	at        time.Time
	json      bool
	annex     evidence.Annex
	diags     hcl.Diagnostics
}

// annexSchema is the top of an annex file. processor and controller are texts or objects; the native syntax has them as
// blocks too.
func (r *annexReader) annexSchema() *hcl.BodySchema {
	s := &hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{
			{Name: "title", Required: true}, {Name: "language", Required: true}, {Name: "version"}, {Name: "date"},
			{Name: "processor"}, {Name: "controller"},
		},
		Blocks: []hcl.BlockHeaderSchema{
			{Type: "clause", LabelNames: []string{"id"}}, {Type: "waiver"}, {Type: "attestation"},
		},
	}
	if !r.json {
		s.Blocks = append(s.Blocks, hcl.BlockHeaderSchema{Type: "processor"}, hcl.BlockHeaderSchema{Type: "controller"})
	}
	return s
}

// header reads the attributes at the top.
func (r *annexReader) header(body hcl.Body) {
	content, diags := body.Content(r.annexSchema())
	r.diags = append(r.diags, diags...)
	attrs := content.Attributes
	r.annex.Title = r.must(attrs["title"], maxNameLength)
	r.annex.Version = r.text(attrs["version"], maxNameLength)
	r.annex.Date = r.date(attrs["date"])
	r.annex.Processor = r.party(attrs["processor"])
	r.annex.Controller = r.party(attrs["controller"])
	r.annex.Language = r.language(attrs["language"])
}

// language reads the language's code.
func (r *annexReader) language(attr *hcl.Attribute) string {
	given := r.must(attr, maxNameLength)
	code, ok := Language(given)
	if given == "" || ok {
		return code
	}
	r.fail(attr.Expr.Range(), "Unsupported language",
		fmt.Sprintf("%q is not one of the languages %s (nb and nn are no).", clip(given), strings.Join(Languages(), ", ")))
	return ""
}

// party reads who is named in an attribute: a text, or an object with name and registration.
func (r *annexReader) party(attr *hcl.Attribute) string {
	if attr == nil {
		return ""
	}
	value, ok := r.literal(attr.Expr)
	if !ok {
		return ""
	}
	object, ok := value.(map[string]any)
	if !ok {
		return r.asText(attr, value, maxNameLength)
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if name != "name" && name != "registration" {
			r.fail(attr.Expr.Range(), "Unsupported argument", fmt.Sprintf("%s has name and registration, not %q.", attr.Name, clip(name)))
		}
	}
	return partyName(r.asText(attr, object["name"], maxNameLength), r.asText(attr, object["registration"], maxNameLength))
}

// partyBlock reads the same as a block.
func (r *annexReader) partyBlock(b *hcl.Block, was string) string {
	if was != "" {
		r.fail(b.DefRange, "Duplicate "+b.Type, fmt.Sprintf("The %s is already named.", b.Type))
	}
	attrs := r.attributes(b, []hcl.AttributeSchema{{Name: "name", Required: true}, {Name: "registration"}})
	return partyName(r.text(attrs["name"], maxNameLength), r.text(attrs["registration"], maxNameLength))
}

func partyName(name, registration string) string {
	if registration == "" {
		return name
	}
	return name + " (" + registration + ")"
}

// blocks reads clauses, waivers and attestations.
func (r *annexReader) blocks(body hcl.Body) {
	content, _ := body.Content(r.annexSchema()) // header has reported what is wrong
	for _, b := range content.Blocks {
		switch b.Type {
		case "clause":
			r.clause(b)
		case "waiver":
			r.waiver(b)
		case "attestation":
			r.attestation(b)
		case "processor":
			r.annex.Processor = r.partyBlock(b, r.annex.Processor)
		case "controller":
			r.annex.Controller = r.partyBlock(b, r.annex.Controller)
		}
	}
	if len(r.annex.Clauses) == 0 {
		r.fail(body.MissingItemRange(), "No clause", `An annex promises something in at least one clause "..." block.`)
	}
}

// clause reads a clause with its promises.
func (r *annexReader) clause(b *hcl.Block) {
	if len(r.annex.Clauses) == maxClauses {
		r.fail(b.DefRange, "Too many clauses", fmt.Sprintf("An annex may have %d clauses.", maxClauses))
	}
	if len(r.annex.Clauses) >= maxClauses {
		return
	}
	c := evidence.Clause{ID: r.label(b), At: position(b.DefRange), Promises: []evidence.Promise{}}
	if i := slices.IndexFunc(r.annex.Clauses, func(other evidence.Clause) bool { return other.ID == c.ID }); i >= 0 {
		r.fail(b.DefRange, "Duplicate clause", fmt.Sprintf("Clause %q is already on line %d. Give each clause an id of its own.", clip(c.ID), r.annex.Clauses[i].At.StartLine))
	}
	content, diags := b.Body.Content(&hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: "title"}, {Name: "text"}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: "promise", LabelNames: []string{"measure"}}},
	})
	r.diags = append(r.diags, diags...)
	c.Title = r.text(content.Attributes["title"], maxNameLength)
	c.Text = r.text(content.Attributes["text"], maxTextLength)
	for _, p := range content.Blocks {
		r.promise(&c, p)
	}
	r.annex.Clauses = append(r.annex.Clauses, c)
}

// label reads the block's label, which must be short and visible.
func (r *annexReader) label(b *hcl.Block) string {
	label := b.Labels[0]
	switch {
	case strings.TrimSpace(label) == "" || len(label) > longestName || strings.ContainsAny(label, "\r\n\t"):
		r.fail(b.LabelRanges[0], "Unusable "+b.Type, fmt.Sprintf("A %s is named by 1 to %d bytes of text on one line.", b.Type, longestName))
	case badCharacter(label) != "":
		r.fail(b.LabelRanges[0], "Invisible character", badCharacter(label))
	}
	return label
}

// attributes reads the attributes of a block that has no blocks inside.
func (r *annexReader) attributes(b *hcl.Block, schema []hcl.AttributeSchema) hcl.Attributes {
	content, diags := b.Body.Content(&hcl.BodySchema{Attributes: schema})
	r.diags = append(r.diags, diags...)
	return content.Attributes
}

// text reads an attribute as text of at most limit bytes. Space around it is dropped.
func (r *annexReader) text(attr *hcl.Attribute, limit int) string {
	if attr == nil {
		return ""
	}
	value, ok := r.literal(attr.Expr)
	if !ok {
		return ""
	}
	return r.asText(attr, value, limit)
}

func (r *annexReader) asText(attr *hcl.Attribute, value any, limit int) string {
	if value == nil {
		return ""
	}
	s, ok := value.(string)
	if !ok {
		r.fail(attr.Expr.Range(), "Wrong type", fmt.Sprintf("%s must be text in quotes, not %s.", attr.Name, describe(value)))
		return ""
	}
	if len(s) > limit {
		r.fail(attr.Expr.Range(), "Text too long", fmt.Sprintf("%s has %d bytes; it may have %d.", attr.Name, len(s), limit))
		return ""
	}
	return strings.TrimSpace(s)
}
