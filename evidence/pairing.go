package evidence

// Pairing is how the observations of a run with both code and a live source belong together. It is about kinds that both
// looked for.
type Pairing struct {
	Kinds     []KindPairing `json:"kinds"`
	Unmanaged []string      `json:"unmanaged"` // ids of live facts that no given code declares, sorted
	Missing   []string      `json:"missing"`   // ids of declared facts that are not there live, sorted
	Unpaired  []string      `json:"unpaired"`  // ids of facts of which neither can be said, sorted
}

// KindPairing is the pairing of one kind. A live thing is unmanaged, and a declared one missing, only where nothing keeps
// that from being known; otherwise it is unpaired, and the reasons say why.
type KindPairing struct {
	Kind      Kind     `json:"kind"`
	Declared  int      `json:"declared"` // facts of the code
	Live      int      `json:"live"`     // facts of the live source
	Paired    int      `json:"paired"`   // live facts that code declares, or a state file knows
	Unmanaged int      `json:"unmanaged"`
	Missing   int      `json:"missing"`
	Unpaired  int      `json:"unpaired"`
	Reasons   []Reason `json:"reasons,omitempty"`
}

// LevelResult is what the observations of one level alone say of a promise.
type LevelResult struct {
	Level   Level   `json:"level"`
	Verdict Verdict `json:"verdict"`
	Counts  Counts  `json:"counts"`
}

// Disagreement is a check that passes by one observation of a thing and fails by another. Results are their ids, sorted.
type Disagreement struct {
	Check   string   `json:"check"`
	Results []string `json:"results"`
}
