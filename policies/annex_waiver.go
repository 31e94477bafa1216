package policies

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// longestWaiver is how many days ahead of a run a waiver may expire.
const longestWaiver = 365

// ParseDate reads a date written 2006-01-02.
func ParseDate(text string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a date: write year-month-day, such as \"2026-12-31\"", clip(text))
	}
	return t, nil
}

// Expired says whether something that expires on that date has expired: it is good until the end of the day, in UTC.
func Expired(expires, at time.Time) bool { return !at.UTC().Before(expires.AddDate(0, 0, 1)) }

// WaiverProblem says what is wrong with a waiver: a missing field, a bad date, or an expiry more than 365 days after
// the run. Waivers of an annex and accepts beside the code keep the same rules. It returns "" for a good one, expired
// or not.
func WaiverProblem(w evidence.Waiver, at time.Time) string {
	for _, field := range [][2]string{{"check", w.Check}, {"fact", w.Fact}, {"reason", w.Reason}, {"owner", w.Owner}, {"ticket", w.Ticket}, {"expires", w.Expires}} {
		if field[1] == "" {
			return field[0] + " is missing: a waiver says check, fact, reason, owner, ticket and expires"
		}
	}
	if strings.Contains(w.Check, "*") {
		return "check must name one check, such as TOM-ENC-001: only fact may have *"
	}
	expires, err := ParseDate(w.Expires)
	if err != nil {
		return err.Error()
	}
	if last := at.UTC().Truncate(24*time.Hour).AddDate(0, 0, longestWaiver); expires.After(last) {
		return fmt.Sprintf("a waiver may last %d days, until %s", longestWaiver, last.Format(time.DateOnly))
	}
	return ""
}

// waiver reads one waiver.
func (r *annexReader) waiver(b *hcl.Block) {
	attrs := r.attributes(b, required("check", "fact", "reason", "owner", "ticket", "expires"))
	text := func(name string) string { return r.must(attrs[name], maxNameLength) }
	before := len(r.diags)
	w := evidence.Waiver{
		Check: text("check"), Fact: text("fact"), Reason: r.must(attrs["reason"], maxTextLength),
		Owner: text("owner"), Ticket: text("ticket"), Expires: text("expires"), At: position(b.DefRange),
	}
	if len(attrs) == 6 && len(r.diags) == before {
		if problem := WaiverProblem(w, r.at); problem != "" {
			r.fail(where(attrs, problem, b), "Unusable waiver", sentence(problem))
		} else if w.Expired = r.expired(w.Expires); w.Expired {
			r.warn(attrs["expires"].Expr.Range(), "Expired waiver", fmt.Sprintf("The waiver of %s expired on %s: what it accepted fails again.", w.Check, w.Expires))
		}
	}
	r.annex.Waivers = append(r.annex.Waivers, w)
}

// where is the attribute that a waiver's problem speaks of.
func where(attrs hcl.Attributes, problem string, b *hcl.Block) hcl.Range {
	name := strings.SplitN(problem, " ", 2)[0]
	if attr, ok := attrs[name]; ok {
		return attr.Expr.Range()
	}
	if attr, ok := attrs["expires"]; ok {
		return attr.Expr.Range()
	}
	return b.DefRange
}

// attestation reads one attestation.
func (r *annexReader) attestation(b *hcl.Block) {
	attrs := r.attributes(b, required("measure", "by", "role", "date", "expires", "reference"))
	text := func(name string) string { return r.must(attrs[name], maxNameLength) }
	a := evidence.Attestation{
		Measure: text("measure"), By: text("by"), Role: text("role"), Reference: text("reference"),
		Date: r.mustDate(attrs["date"]), Expires: r.mustDate(attrs["expires"]), At: position(b.DefRange),
	}
	if a.Measure != "" {
		if m, ok := r.measure(a.Measure, attrs["measure"].Expr.Range()); ok {
			a.Measure = m.ID
		}
	}
	if a.Date != "" && a.Expires != "" {
		r.attestationDates(&a, attrs)
	}
	r.annex.Attestations = append(r.annex.Attestations, a)
}

func (r *annexReader) attestationDates(a *evidence.Attestation, attrs hcl.Attributes) {
	signed, _ := ParseDate(a.Date) // r.date has parsed it
	switch {
	case a.Expires < a.Date:
		r.fail(attrs["expires"].Expr.Range(), "Unusable attestation", fmt.Sprintf("It expires on %s, before it was signed on %s.", a.Expires, a.Date))
	case signed.After(r.at):
		r.fail(attrs["date"].Expr.Range(), "Unusable attestation", fmt.Sprintf("It is signed on %s, after the time of this run, %s.", a.Date, r.at.UTC().Format(time.DateOnly)))
	}
	if a.Expired = r.expired(a.Expires); a.Expired {
		r.warn(attrs["expires"].Expr.Range(), "Expired attestation", fmt.Sprintf("The attestation of %s expired on %s: it settles nothing any more.", a.Measure, a.Expires))
	}
}

// date reads a date, "" when there is none or it is wrong.
func (r *annexReader) date(attr *hcl.Attribute) string {
	return r.checkDate(attr, r.text(attr, maxNameLength))
}

// mustDate reads a date that may not be empty.
func (r *annexReader) mustDate(attr *hcl.Attribute) string {
	return r.checkDate(attr, r.must(attr, maxNameLength))
}

func (r *annexReader) checkDate(attr *hcl.Attribute, text string) string {
	if text == "" {
		return ""
	}
	if _, err := ParseDate(text); err != nil {
		r.fail(attr.Expr.Range(), "Bad date", sentence(err.Error()))
		return ""
	}
	return text
}

// must reads text that may not be empty. That it is missing has been reported.
func (r *annexReader) must(attr *hcl.Attribute, limit int) string {
	before := len(r.diags)
	s := r.text(attr, limit)
	if attr != nil && s == "" && len(r.diags) == before {
		r.fail(attr.Expr.Range(), "Empty text", fmt.Sprintf("%s must say something.", attr.Name))
	}
	return s
}

func (r *annexReader) expired(date string) bool {
	expires, err := ParseDate(date)
	return err == nil && Expired(expires, r.at)
}

func required(names ...string) []hcl.AttributeSchema {
	schema := make([]hcl.AttributeSchema, 0, len(names))
	for _, name := range names {
		schema = append(schema, hcl.AttributeSchema{Name: name, Required: true})
	}
	return schema
}
