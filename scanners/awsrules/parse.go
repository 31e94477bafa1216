package awsrules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// mostPolicy is how long a policy can be that is read. AWS' own limit is 20 KB for a bucket and less for all others:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html
const mostPolicy = 1 << 20

// ParseDocument reads a policy in JSON as an API returns it, where everything is known. Names of elements are compared
// without case, as AWS does. A text that is too long, no JSON, or no object is an error; an empty text is a policy
// without statements.
func ParseDocument(text string) (Document, error) {
	if strings.TrimSpace(text) == "" {
		return Document{}, nil
	}
	if len(text) > mostPolicy {
		return Document{}, fmt.Errorf("policy is longer than %d bytes", mostPolicy)
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var policy map[string]any
	if err := d.Decode(&policy); err != nil {
		return Document{}, fmt.Errorf("policy is no JSON object: %w", err)
	}
	if d.More() {
		return Document{}, errors.New("policy is followed by something else")
	}
	var document Document
	for _, item := range listed(member(policy, "Statement")) {
		s, ok := item.(map[string]any)
		if !ok {
			document.More = append(document.More, notUnderstood())
			continue
		}
		document.Statements = append(document.Statements, parseStatement(s))
	}
	return document, nil
}

func notUnderstood() evidence.Reason { return evidence.Because("policy_part_not_known") }

func parseStatement(s map[string]any) Statement {
	statement := Statement{
		Effect:       parseEffect(member(s, "Effect")),
		Actions:      parseTerms(member(s, "Action")),
		NotActions:   parseTerms(member(s, "NotAction")),
		Resources:    parseTerms(member(s, "Resource")),
		NotResources: parseTerms(member(s, "NotResource")),
		NotPrincipal: member(s, "NotPrincipal") != nil,
	}
	statement.parsePrincipals(member(s, "Principal"))
	statement.parseConditions(member(s, "Condition"))
	return statement
}

func parseEffect(v any) evidence.Value[string] {
	if text, ok := v.(string); ok {
		return evidence.Known(text)
	}
	return evidence.Unresolved[string](notUnderstood())
}

func (s *Statement) parsePrincipals(v any) {
	switch v := v.(type) {
	case nil:
	case map[string]any:
		for _, kind := range slices.Sorted(maps.Keys(v)) {
			for _, t := range parseTerms(v[kind]).All {
				s.Principals = append(s.Principals, Principal{Kind: kind, Term: t})
			}
		}
	default:
		for _, t := range parseTerms(v).All {
			s.Principals = append(s.Principals, Principal{Kind: "AWS", Term: t})
		}
	}
}

func (s *Statement) parseConditions(v any) {
	if v == nil {
		return
	}
	operators, ok := v.(map[string]any)
	if !ok {
		s.More = append(s.More, notUnderstood())
		return
	}
	for _, operator := range slices.Sorted(maps.Keys(operators)) {
		keys, ok := operators[operator].(map[string]any)
		if !ok {
			s.More = append(s.More, notUnderstood())
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			s.Conditions = append(s.Conditions, Condition{Operator: operator, Key: key, Values: parseTerms(keys[key])})
		}
	}
}

// parseTerms reads a text or a list of texts; numbers and booleans become texts as JSON writes them.
func parseTerms(v any) Terms {
	if v == nil {
		return Terms{}
	}
	t := Terms{Written: true}
	for _, item := range listed(v) {
		switch item := item.(type) {
		case string:
			t.All = append(t.All, Term{Text: item, Known: true})
		case json.Number:
			t.All = append(t.All, Term{Text: item.String(), Known: true})
		case bool:
			t.All = append(t.All, Term{Text: fmt.Sprint(item), Known: true})
		default:
			t.All = append(t.All, Term{Why: notUnderstood()})
		}
	}
	return t
}

// member returns a member of an object by its name without case; nil when there is none or it is null. Of several the
// first in order counts.
func member(object map[string]any, name string) any {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if strings.EqualFold(key, name) && object[key] != nil {
			return object[key]
		}
	}
	return nil
}

// listed returns the elements of a list, or v alone when it is none: a policy writes one element without brackets.
func listed(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
