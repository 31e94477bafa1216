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
	return trailRecords{management: evidence.Known(all.management()), data: evidence.Known(all.data)}
}

// trailEvents are what a selector records: of management events what is read and what is written, and data events.
type trailEvents struct{ reads, writes, data bool }

// and is what two selectors record together.
func (e trailEvents) and(other trailEvents) trailEvents {
	return trailEvents{e.reads || other.reads, e.writes || other.writes, e.data || other.data}
}

// management is the word for what is recorded of management events.
func (e trailEvents) management() string {
	switch {
	case e.reads && e.writes:
		return "all"
	case e.reads:
		return "read"
	case e.writes:
		return "write"
	}
	return "none"
}

// basicEvents reads a selector that names what it records.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
func basicEvents(e types.EventSelector) trailEvents {
	included := e.IncludeManagementEvents == nil || *e.IncludeManagementEvents
	return trailEvents{
		reads:  included && e.ReadWriteType != types.ReadWriteTypeWriteOnly,
		writes: included && e.ReadWriteType != types.ReadWriteTypeReadOnly,
		data:   len(e.DataResources) > 0,
	}
}

// advancedEvents reads a selector that is a set of conditions on the event.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
func advancedEvents(e types.AdvancedEventSelector) trailEvents {
	category, readOnly := "", ""
	for _, f := range e.FieldSelectors {
		switch sdk.ToString(f.Field) {
		case "eventCategory":
			category = onlyOne(f.Equals)
		case "readOnly":
			readOnly = onlyOne(f.Equals)
		}
	}
	management := category == "Management"
	return trailEvents{reads: management && readOnly != "false", writes: management && readOnly != "true", data: category == "Data"}
}

// onlyOne is the only element of a list that has one.
func onlyOne(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}
