package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docDetector = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/guardduty_detector#enable"

// detectors reads threat detectors, each of one region.
func detectors() reader {
	return reader{
		types: []string{"aws_guardduty_detector"},
		kinds: []evidence.Kind{evidence.ThreatDetector{}.Kind()},
		read: func(_ *eval.Root, i *eval.Instance) []observation {
			return one(evidence.ThreatDetector{
				Enabled: i.Attr("enable").Bool(unset(i, true, docDetector)),
				Region:  i.Provider.Region,
			})
		},
	}
}
