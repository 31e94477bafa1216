package aws

import (
	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"github.com/tomscan/tomscan/evidence"
)

// trailRecords is what a trail records.
type trailRecords struct {
	management evidence.Value[string]
	data       evidence.Value[bool]
}

// recordedBy reads the selectors of a trail. Without any, all management events are recorded.
func recordedBy(out *cloudtrail.GetEventSelectorsOutput, m *miss) trailRecords {
	if m != nil {
		return trailRecords{management: refused[string](m), data: refused[bool](m)}
	}
	if len(out.EventSelectors) == 0 && len(out.AdvancedEventSelectors) == 0 {
		return trailRecords{management: evidence.Default("all", docTrailEvents), data: evidence.Default(false, docTrailEvents)}
	}
	var all trailEvents
	for _, e := range out.EventSelectors {
		all = all.and(basicEvents(e))
	}
	for _, e := range out.AdvancedEventSelectors {
		all = all.and(advancedEvents(e))
	}
	return trailRecords{management: all.management(), data: evidence.Known(all.data)}
}

// trailEvents are what a selector records: of management events what is read and what is written, or a part that is neither,
// and data events.
type trailEvents struct{ reads, writes, part, data bool }

// and is what two selectors record together.
func (e trailEvents) and(other trailEvents) trailEvents {
	return trailEvents{e.reads || other.reads, e.writes || other.writes, e.part || other.part, e.data || other.data}
}

// management is the word for what is recorded of management events.
func (e trailEvents) management() evidence.Value[string] {
	switch {
	case e.reads && e.writes:
		return evidence.Known("all")
	case e.part:
		return evidence.Unresolved[string](evidence.Because("part_of_events"))
	case e.reads:
		return evidence.Known("read")
	case e.writes:
		return evidence.Known("write")
	}
	return evidence.Known("none")
}

// basicEvents reads a selector that names what it records.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
func basicEvents(e types.EventSelector) trailEvents {
	events := trailEvents{data: len(e.DataResources) > 0}
	if e.IncludeManagementEvents != nil && !*e.IncludeManagementEvents {
		return events
	}
	switch e.ReadWriteType {
	case "", types.ReadWriteTypeAll:
		events.reads, events.writes = true, true
	case types.ReadWriteTypeReadOnly:
		events.reads = true
	case types.ReadWriteTypeWriteOnly:
		events.writes = true
	default:
		events.part = true
	}
	return events
}

// advancedEvents reads a selector that is a set of conditions on the event.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
func advancedEvents(e types.AdvancedEventSelector) trailEvents {
	category, readOnly, part := "", "", false
	for _, f := range e.FieldSelectors {
		switch sdk.ToString(f.Field) {
		case "eventCategory":
			category = onlyOne(f.Equals)
		case "readOnly":
			readOnly = onlyOne(f.Equals)
			part = part || readOnly == ""
		default:
			part = part || !leavesOutTheMany(f)
		}
	}
	switch {
	case category == "Data":
		return trailEvents{data: true}
	case category != "Management":
		return trailEvents{}
	case part:
		return trailEvents{part: true}
	}
	return trailEvents{reads: readOnly != "false", writes: readOnly != "true"}
}

// leavesOutTheMany says whether a condition only leaves out the events of keys and of the Data API of RDS, which are so many
// that a trail may leave them out without being called partial.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
func leavesOutTheMany(f types.AdvancedFieldSelector) bool {
	for _, source := range f.NotEquals {
		if source != "kms.amazonaws.com" && source != "rdsdata.amazonaws.com" {
			return false
		}
	}
	others := len(f.Equals) + len(f.StartsWith) + len(f.EndsWith) + len(f.NotStartsWith) + len(f.NotEndsWith)
	return sdk.ToString(f.Field) == "eventSource" && others == 0 && len(f.NotEquals) > 0
}

// onlyOne is the only element of a list that has one.
func onlyOne(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}
