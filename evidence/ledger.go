package evidence

import "cmp"

// Outcome says how a call of a live interface ended.
type Outcome string

// The outcomes of a call.
const (
	OutcomeOK                   Outcome = "ok"
	OutcomeEmpty                Outcome = "empty"                  // it answered, and there is nothing
	OutcomeAbsent               Outcome = "absent"                 // an error that is an answer: there is no such configuration
	OutcomeVanished             Outcome = "vanished"               // what was listed a moment ago is gone
	OutcomeDenied               Outcome = "denied"                 // the permission is missing
	OutcomeDeniedByOrganization Outcome = "denied-by-organization" // a policy of the organisation denies it
	OutcomeThrottled            Outcome = "throttled"              // too many calls, after all retries
	OutcomeNotEnabled           Outcome = "not-enabled"            // the service is not used in the account
	OutcomeUnsupportedRegion    Outcome = "unsupported-region"     // the service, or the region, is not there for the account
	OutcomeExpired              Outcome = "expired"                // the credentials ended in the middle
	OutcomeInterrupted          Outcome = "interrupted"            // the run was stopped
	OutcomeError                Outcome = "error"
)

// Call is one row of the ledger: one call of a live interface. A page of a list is a call of its own. The answer itself is
// not kept.
type Call struct {
	Collector string  `json:"collector"`
	Account   string  `json:"account,omitempty"`
	Region    string  `json:"region,omitempty"`
	Operation string  `json:"operation"`          // such as s3.GetBucketEncryption
	Resource  string  `json:"resource,omitempty"` // what was asked about, where the operation names one
	Action    string  `json:"action,omitempty"`   // the permission that it needs
	Outcome   Outcome `json:"outcome"`
	Error     string  `json:"error,omitempty"`  // the provider's error code
	Status    int     `json:"status,omitempty"` // HTTP status
	RequestID string  `json:"request_id,omitempty"`
	Page      int     `json:"page,omitempty"`     // from 1, for lists
	Items     int     `json:"items,omitempty"`    // what the page held
	Attempts  int     `json:"attempts,omitempty"` // with retries
	Start     string  `json:"start"`              // RFC 3339, UTC
	End       string  `json:"end"`
	SHA256    string  `json:"sha256,omitempty"` // of the answer's body as it was received
}

// NoSuchHost is the error of a call whose host does not exist: the service is not offered in the region.
const NoSuchHost = "no such host"

// Refused says whether a call has told nothing. What is not enabled, or not offered, has told that there is nothing.
func (c Call) Refused() bool {
	switch c.Outcome {
	case OutcomeOK, OutcomeEmpty, OutcomeAbsent, OutcomeVanished, OutcomeNotEnabled:
		return false
	case OutcomeUnsupportedRegion:
		return c.Error != NoSuchHost
	}
	return true
}

// Compare orders rows by account, region, operation, resource, page and start.
func (c Call) Compare(d Call) int {
	return cmp.Or(cmp.Compare(c.Collector, d.Collector), cmp.Compare(c.Account, d.Account), cmp.Compare(c.Region, d.Region),
		cmp.Compare(c.Operation, d.Operation), cmp.Compare(c.Resource, d.Resource), cmp.Compare(c.Page, d.Page),
		cmp.Compare(c.Start, d.Start), cmp.Compare(c.RequestID, d.RequestID))
}
