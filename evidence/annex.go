package evidence

// Annex is what a company has promised: the technical and organisational measures in the annex of a data processing
// agreement, with the waivers and attestations that its people have given. Dates are written 2006-01-02.
type Annex struct {
	Title        string        `json:"title"`
	Language     string        `json:"language"`
	Version      string        `json:"version,omitempty"`
	Date         string        `json:"date,omitempty"`
	Processor    string        `json:"processor,omitempty"`  // the responsible party: who promises
	Controller   string        `json:"controller,omitempty"` // to whom it is promised
	File         string        `json:"file,omitempty"`       // empty when the catalogue itself is the yardstick
	SHA256       string        `json:"sha256,omitempty"`
	Clauses      []Clause      `json:"clauses"`
	Waivers      []Waiver      `json:"waivers,omitempty"`
	Attestations []Attestation `json:"attestations,omitempty"`
}

// FromCatalogue says that nobody's annex was given and that the catalogue with its defaults is the yardstick.
func (a Annex) FromCatalogue() bool { return a.File == "" }

// Clause is a numbered part of the annex.
type Clause struct {
	ID       string    `json:"id"`
	Title    string    `json:"title,omitempty"`
	Text     string    `json:"text,omitempty"`
	Promises []Promise `json:"promises"`
	At       Position  `json:"at"`
}

// Promise is a measure with its effective parameters.
//
// ID is the measure, with `@` and eight hexadecimal digits of the digest of its effective parameters where these differ
// from the catalogue's: promises with equal effective parameters have one id and share one evaluation.
type Promise struct {
	ID           string      `json:"id"`
	Measure      string      `json:"measure"`
	Parameters   []Parameter `json:"parameters"`
	Scope        []string    `json:"scope,omitempty"` // effective scope words, sorted; empty = the measure has none
	Environments []string    `json:"environments,omitempty"`
	Declared     string      `json:"declared,omitempty"` // planned, by-controller, statute-text, in-other-document, none, not-applicable
	Vague        bool        `json:"vague,omitempty"`
	Document     string      `json:"source_document,omitempty"`
	Provider     string      `json:"provider,omitempty"`
	At           Position    `json:"at"`
	// Wants are the parameters as policies see them: durations as whole days (or the catalogue's unit), TLS versions as
	// ranks, the rest as written. A parameter without value is absent.
	Wants map[string]any `json:"wants"`
}

// Parameter is one threshold of a promise as a reader sees it.
type Parameter struct {
	Name     string `json:"name"`
	Text     string `json:"text"`     // as written, or the catalogue's default as it would be written
	Promised bool   `json:"promised"` // false: "default, not promised"
}

// Waiver is a named person's acceptance of a failing result until a date. Fact is a fact id, an address, or a pattern in
// which * stands for any characters.
type Waiver struct {
	Check   string   `json:"check"`
	Fact    string   `json:"fact"`
	Reason  string   `json:"reason"`
	Owner   string   `json:"owner"`
	Ticket  string   `json:"ticket"`
	Expires string   `json:"expires"`
	Inline  bool     `json:"inline,omitempty"` // written beside the resource in the scanned code
	At      Position `json:"at"`
	// Expired and Matched are filled in by the run.
	Expired bool     `json:"expired,omitempty"`
	Matched []string `json:"matched,omitempty"` // ids of the results that it waives
}

// Attestation is a named person's signed statement that a measure is in place.
type Attestation struct {
	Measure   string   `json:"measure"`
	By        string   `json:"by"`
	Role      string   `json:"role"`
	Date      string   `json:"date"`
	Expires   string   `json:"expires"`
	Reference string   `json:"reference"`
	At        Position `json:"at"`
	Expired   bool     `json:"expired,omitempty"`
}
