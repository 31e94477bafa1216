package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// copies collects the regions that data is copied to.
type copies struct {
	regions []string
	more    []evidence.Reason
	at      []evidence.Position
}

// add records a copy in a region; one whose region is not known makes the list incomplete.
func (c *copies) add(region evidence.Value[string], at ...evidence.Position) {
	c.at = append(c.at, at...)
	if got, known := region.Get(); known && got != "" {
		c.regions = append(c.regions, got)
		return
	}
	c.more = append(c.more, evidence.NotKnown[string](region).Why())
}

// addText records a copy in the region that an argument names.
func (c *copies) addText(a eval.Attr) {
	if a.IsSet() {
		c.add(a.Text(evidence.Value[string]{}), a.At())
	}
}

// addTarget records copies in the regions of the resources that a points at, or of the ARN that it is.
func (c *copies) addTarget(r *eval.Root, a eval.Attr, types ...string) {
	if a.IsUnset() {
		return
	}
	links := targets(r, a, types...)
	for _, i := range links.All {
		c.add(i.Provider.Region, a.At())
	}
	if len(links.All) > 0 {
		return
	}
	text, known := a.Text(evidence.Value[string]{}).Get()
	if region := awsrules.ARNRegion(text); known && region != "" {
		c.add(evidence.Known(region), a.At())
		return
	}
	c.more = append(c.more, evidence.Because("copy_region_not_known", "attribute", "destination"))
	c.at = append(c.at, a.At())
}

// hidden records why there may be copies that the code does not show.
func (c *copies) hidden(why ...evidence.Reason) { c.more = append(c.more, why...) }

// value lists the regions, sorted and without the one where the data lives.
func (c *copies) value(home evidence.Value[string]) evidence.Value[[]string] {
	regions := []string{}
	for _, region := range c.regions {
		if !evidence.IsKnown(home, region) {
			regions = append(regions, region)
		}
	}
	slices.Sort(regions)
	return evidence.Known(slices.Compact(regions)).Incomplete(c.more...).At(c.at...)
}
