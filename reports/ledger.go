package reports

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// ledgerRow is one operation of a live interface in one account, with all its calls.
type ledgerRow struct {
	Account, Operation, Action string
	Calls, Refused             int
	First, Last                string // start of the first call, end of the last
}

// Ledger sums the calls up by account and operation, sorted.
func (x *index) Ledger() []ledgerRow {
	var rows []ledgerRow
	at := map[[2]string]int{}
	for _, c := range x.Snapshot.Calls {
		key := [2]string{c.Account, c.Operation}
		i, ok := at[key]
		if !ok {
			i = len(rows)
			at[key] = i
			rows = append(rows, ledgerRow{Account: visible(c.Account), Operation: visible(c.Operation), Action: visible(c.Action), First: c.Start, Last: c.End})
		}
		r := &rows[i]
		r.Calls++
		if c.Refused() {
			r.Refused++
		}
		r.First, r.Last = visible(min(r.First, c.Start)), visible(max(r.Last, c.End))
	}
	slices.SortFunc(rows, func(a, b ledgerRow) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Operation, b.Operation))
	})
	return rows
}

// callsLine says how many calls were made and how many were refused; empty where nothing live was read.
func (x *index) callsLine() string {
	if len(x.Snapshot.Calls) == 0 {
		return ""
	}
	n := 0
	for _, c := range x.Snapshot.Calls {
		if c.Refused() {
			n++
		}
	}
	return x.words.Text("label.calls", "n", strconv.Itoa(len(x.Snapshot.Calls)), "refused", strconv.Itoa(n))
}

// receipt finds the call behind a position of a live fact: the one about the fact's resource where the operation is asked so,
// else the one of its region. It says when it was, with the provider's number of the request. Where several calls may have
// told it, such as the pages of a list, it says nothing.
func (x *index) receipt(f *evidence.Fact, p evidence.Position) string {
	if f == nil || p.Call == "" {
		return ""
	}
	var all []*evidence.Call
	place := f.Source.Place
	for _, c := range x.calls[p.Call] {
		here := c.Region == place.Region || place.Region == "" || place.Region == "global"
		if c.Account == place.Account && here && (c.Resource == "" || hasPart(f.Address, c.Resource)) {
			all = append(all, c)
		}
	}
	if len(all) != 1 {
		return ""
	}
	return receiptOf(all[0])
}

// hasPart says whether a part of an address, between its separators, is the given one: a name is no part of a longer name.
func hasPart(address, part string) bool {
	const separators = ":/#"
	for from := 0; ; {
		i := strings.Index(address[from:], part)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(part)
		if (start == 0 || strings.ContainsRune(separators, rune(address[start-1]))) &&
			(end == len(address) || strings.ContainsRune(separators, rune(address[end]))) {
			return true
		}
		from = start + 1
	}
}

func receiptOf(c *evidence.Call) string { return visible(joined(" ", c.End, c.RequestID)) }

// callsByOperation finds calls by their operation.
func callsByOperation(calls []evidence.Call) map[string][]*evidence.Call {
	by := map[string][]*evidence.Call{}
	for i := range calls {
		by[calls[i].Operation] = append(by[calls[i].Operation], &calls[i])
	}
	return by
}

// PermissionPolicy is the smallest policy that allows the actions, indented JSON as AWS takes it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func PermissionPolicy(actions []string) string {
	type statement struct {
		Sid, Effect string
		Action      []string
		Resource    string
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(actions)))
	text, err := json.MarshalIndent(struct {
		Version   string
		Statement []statement
	}{"2012-10-17", []statement{{Sid: "TomscanMissing", Effect: "Allow", Action: sorted, Resource: "*"}}}, "", "  ")
	if err != nil {
		panic("policy: " + err.Error()) // plain texts
	}
	return string(text)
}
