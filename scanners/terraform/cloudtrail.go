package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docTrail = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail"

// trails reads the trails of the provider's interface.
func trails() reader {
	return reader{
		types: []string{"aws_cloudtrail"},
		joins: []string{"aws_kms_alias", "aws_kms_key"},
		kinds: []evidence.Kind{evidence.AuditTrail{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			flag := func(name string, byDefault bool) evidence.Value[bool] {
				return i.Attr(name).Bool(unset(i, byDefault, docTrail))
			}
			events := eventsOf(i)
			return one(evidence.AuditTrail{
				Region:              i.Provider.Region,
				Logging:             flag("enable_logging", true),
				AllRegions:          flag("is_multi_region_trail", false),
				GlobalEvents:        flag("include_global_service_events", true),
				ManagementEvents:    events.management(i),
				DataEvents:          events.data(i),
				IntegrityValidation: flag("enable_log_file_validation", false),
				Encryption:          keyLevel(r, i.Attr("kms_key_id"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocTrailEncryption)),
			})
		},
	}
}

// events are what a trail's selectors record: of management events what is read and what is written, and data events.
// Selectors each add to what is recorded.
type events struct {
	written       bool
	reads, writes []evidence.Value[bool]
	objects       []evidence.Value[bool]
}

// eventsOf reads the selectors of both sorts. A trail has one sort or the other.
func eventsOf(i *eval.Instance) events {
	var e events
	basic, advanced := i.Blocks("event_selector"), i.Blocks("advanced_event_selector")
	for _, b := range basic.All {
		e.addBasic(b)
	}
	for _, b := range advanced.All {
		e.addAdvanced(b)
	}
	for _, why := range append(slices.Clone(basic.More), advanced.More...) {
		open := evidence.Unresolved[bool](why).At(i.At(evidence.RoleDecides))
		e.add(open, open, open)
	}
	return e
}

func (e *events) add(reads, writes, objects evidence.Value[bool]) {
	e.written = true
	e.reads, e.writes, e.objects = append(e.reads, reads), append(e.writes, writes), append(e.objects, objects)
}

// addBasic reads a selector that names what it records.
func (e *events) addBasic(b *eval.Block) {
	at := b.At(evidence.RoleDecides)
	included := b.Attr("include_management_events").Bool(evidence.Default(true, docTrail).At(at))
	kind := b.Attr("read_write_type").Text(evidence.Default("All", docTrail).At(at))
	resources := b.Blocks("data_resource")
	objects := evidence.Known(len(resources.All) > 0).At(at)
	if len(resources.All) == 0 && len(resources.More) > 0 {
		objects = evidence.Unresolved[bool](resources.More[0]).At(at)
	}
	e.add(
		evidence.AllTrue(included, evidence.Map(kind, func(k string) bool { return k != "WriteOnly" })),
		evidence.AllTrue(included, evidence.Map(kind, func(k string) bool { return k != "ReadOnly" })),
		objects,
	)
}

// addAdvanced reads a selector that is a set of conditions on the event.
func (e *events) addAdvanced(b *eval.Block) {
	at := b.At(evidence.RoleDecides)
	category := evidence.Known("").At(at)
	readOnly := evidence.Known("").At(at)
	fields := b.Blocks("field_selector")
	for _, f := range fields.All {
		field, known := f.Attr("field").Text(evidence.Known("")).Get()
		value := first(f.Attr("equals"))
		switch {
		case !known:
			category, readOnly = value, value
		case field == "eventCategory":
			category = value
		case field == "readOnly":
			readOnly = value
		}
	}
	if len(fields.More) > 0 {
		category = evidence.Unresolved[string](fields.More[0]).At(at)
	}
	management := is(category, "Management")
	e.add(
		evidence.AllTrue(management, inverse(is(readOnly, "false"))),
		evidence.AllTrue(management, inverse(is(readOnly, "true"))),
		is(category, "Data"),
	)
}

// first is the only element of a list of texts that has one.
func first(a eval.Attr) evidence.Value[string] {
	list := a.Texts(evidence.Known([]string(nil)))
	got, known := list.Get()
	if !known {
		return evidence.NotKnown[string](list)
	}
	if len(got) == 1 && len(list.More()) == 0 {
		return evidence.Known(got[0]).At(list.Positions()...)
	}
	if len(list.More()) > 0 {
		return evidence.Unresolved[string](list.More()[0]).At(list.Positions()...)
	}
	return evidence.Known("").At(list.Positions()...)
}

// management is what is recorded of management events; without selectors all of it.
func (e events) management(i *eval.Instance) evidence.Value[string] {
	if !e.written {
		return unset(i, "all", awsrules.DocTrailEvents)
	}
	reads, writes := evidence.AnyTrue(e.reads...), evidence.AnyTrue(e.writes...)
	r, readsKnown := reads.Get()
	w, writesKnown := writes.Get()
	switch {
	case !writesKnown:
		return evidence.NotKnown[string](writes)
	case !readsKnown:
		return evidence.NotKnown[string](reads)
	}
	word := "none"
	switch {
	case r && w:
		word = "all"
	case r:
		word = "read"
	case w:
		word = "write"
	}
	return evidence.Known(word).At(writes.Positions()...)
}

// data says whether reading or writing of objects or rows is recorded.
func (e events) data(i *eval.Instance) evidence.Value[bool] {
	if !e.written {
		return unset(i, false, awsrules.DocTrailEvents)
	}
	return evidence.AnyTrue(e.objects...)
}
