package evidence

import (
	"cmp"
	"slices"
)

// Role says what a position has to do with a setting.
type Role string

// The roles of a position.
const (
	RoleDecides  Role = "decides"  // the setting is written here
	RoleCalls    Role = "calls"    // the module call or the argument that passes the setting on
	RoleDefaults Role = "defaults" // the resource that leaves the setting unset, or the account default that applies
)

// Position is a range in a scanned file, a call of a live interface, or a command of a host. Lines and columns count from 1; a zero line
// means the whole file. File is a slash path relative to the scan's base, or an absolute path on Host. Excerpt holds the lines with every
// sensitive literal replaced.
type Position struct {
	Host      string `json:"host,omitempty"` // server on which the file lies or the command ran
	File      string `json:"file,omitempty"`
	StartLine int    `json:"start_line,omitempty"`
	StartCol  int    `json:"start_col,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndCol    int    `json:"end_col,omitempty"`
	Role      Role   `json:"role,omitempty"`
	Excerpt   string `json:"excerpt,omitempty"`
	Call      string `json:"call,omitempty"` // operation or command that told it, such as s3.GetBucketEncryption or sshd -T (exit 0); there is no file then
}

// Compare orders positions by host, file, line and column.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Host, q.Host), cmp.Compare(p.File, q.File), cmp.Compare(p.StartLine, q.StartLine), cmp.Compare(p.StartCol, q.StartCol),
		cmp.Compare(p.EndLine, q.EndLine), cmp.Compare(p.EndCol, q.EndCol), cmp.Compare(p.Role, q.Role), cmp.Compare(p.Call, q.Call))
}

// Place says where something was looked for. Code has a root (slash path) and perhaps the environment, account and
// region that the configuration declares for it; a live source has an account and a region; a server or an endpoint has a
// host.
type Place struct {
	Root        string `json:"root,omitempty"`
	Host        string `json:"host,omitempty"`
	Environment string `json:"environment,omitempty"`
	Account     string `json:"account,omitempty"`
	Region      string `json:"region,omitempty"`
}

// Compare orders places by root, host, environment, account and region.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.Root, q.Root), cmp.Compare(p.Host, q.Host), cmp.Compare(p.Environment, q.Environment),
		cmp.Compare(p.Account, q.Account), cmp.Compare(p.Region, q.Region))
}

// Source is who observed a fact, where, and what such an observation can show.
type Source struct {
	Collector string `json:"collector"`
	Level     Level  `json:"level"`
	Place     Place  `json:"place"`
	Commit    string `json:"commit,omitempty"` // commit of the scanned repository
	Example   bool   `json:"example,omitempty"`
}

// Fact is one observed resource.
//
// ID is `terraform:<root>[@environment]:<address>`, `aws:<arn>`, `server:<host>:<thing>`, `probe:<endpoint>` and so on; it is stable between runs. Address is the
// source's own full name of it, such as `module.a["x"].aws_db_instance.main[0]`; Addresses are all resources that were
// joined into it, Address included, sorted. Placeholder marks a declaration whose number of instances is unknown: it
// stands for none, one or many.
type Fact struct {
	ID          string             `json:"id"`
	Kind        Kind               `json:"kind"`
	Address     string             `json:"address"`
	Addresses   []string           `json:"addresses"`
	Keys        []Key              `json:"keys,omitempty"`
	Placeholder bool               `json:"placeholder,omitempty"`
	At          []Position         `json:"at,omitempty"`
	Source      Source             `json:"source"`
	Settings    map[string]Reading `json:"settings"`
	Notes       []Reason           `json:"notes,omitempty"`
}

// NewFact makes a fact of r with its settings read; the caller fills in addresses, keys, positions and notes.
func NewFact(id string, src Source, r Resource) Fact {
	return Fact{ID: id, Kind: r.Kind(), Source: src, Settings: Readings(r)}
}

// Key is an identity by which two observations are known to be of one thing. An unknown part is "?".
type Key struct {
	Scheme    string `json:"scheme"`
	Partition string `json:"partition"`
	Account   string `json:"account"`
	Region    string `json:"region"`
	Type      string `json:"type"`
	Name      string `json:"name"`
}

// Compare orders keys by their parts.
func (k Key) Compare(l Key) int {
	return cmp.Or(cmp.Compare(k.Scheme, l.Scheme), cmp.Compare(k.Type, l.Type), cmp.Compare(k.Name, l.Name),
		cmp.Compare(k.Partition, l.Partition), cmp.Compare(k.Account, l.Account), cmp.Compare(k.Region, l.Region))
}

// Gap is one thing that a collector could not read or follow. Kinds are the kinds that it may hide; empty means all.
type Gap struct {
	Reason
	Kinds []Kind     `json:"kinds,omitempty"`
	At    []Position `json:"at,omitempty"`
}

// Hides says whether facts of kind k may be missing because of g.
func (g Gap) Hides(k Kind) bool { return len(g.Kinds) == 0 || slices.Contains(g.Kinds, k) }

// Sweep is the record that a collector looked for Kinds in one place. It is complete for a kind when no gap hides it.
// Notes are what the reader should know and what hides nothing: why the directory is a root, what was left out. Known are
// identities of things that the source manages without showing more of them: what a state file knows and the code does
// not declare.
type Sweep struct {
	Collector string       `json:"collector"`
	Level     Level        `json:"level"`
	Place     Place        `json:"place"`
	Example   bool         `json:"example,omitempty"`
	Kinds     []Kind       `json:"kinds"`
	Found     map[Kind]int `json:"found"`
	Gaps      []Gap        `json:"gaps,omitempty"`
	Notes     []Gap        `json:"notes,omitempty"`
	Known     []Key        `json:"known,omitempty"`
	Types     []string     `json:"types,omitempty"` // of the keys of what it can see, sorted; none means that it does not say
}

// Missing returns the gaps that may hide facts of kind k; none means that the sweep is complete for k. A sweep that did
// not look for k says so.
func (s Sweep) Missing(k Kind) []Gap {
	if !slices.Contains(s.Kinds, k) {
		return []Gap{{Reason: Because("kind_not_collected", "kind", string(k), "collector", s.Collector)}}
	}
	var gaps []Gap
	for _, g := range s.Gaps {
		if g.Hides(k) {
			gaps = append(gaps, g)
		}
	}
	return gaps
}

// Input is a file that was read.
type Input struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`
}

// SnapshotVersion is the version of the snapshot's JSON. Additions raise the minor part.
const SnapshotVersion = "1.2"

// Snapshot is what a run collected: facts, sweeps and the inputs they came from, each sorted.
type Snapshot struct {
	SchemaVersion string   `json:"schema_version"`
	Facts         []Fact   `json:"facts"`
	Sweeps        []Sweep  `json:"sweeps"`
	Inputs        []Input  `json:"inputs"`
	Accepts       []Waiver `json:"accepts,omitempty"` // inline accepts beside the code; Fact is the fact's id
	Moved         []Moved  `json:"moved,omitempty"`
	Calls         []Call   `json:"calls,omitempty"` // the ledger of live interfaces
}

// Moved says that what is at To in a root module was at From before: full addresses of a resource or a module.
type Moved struct {
	Root string   `json:"root"`
	From string   `json:"from"`
	To   string   `json:"to"`
	At   Position `json:"at"`
}

// Sort puts the snapshot into its one order: facts by id, sweeps by collector and place, inputs by path, inline accepts by
// position, moves by root and address, calls by account, region and operation.
func (s *Snapshot) Sort() {
	slices.SortFunc(s.Facts, func(a, b Fact) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Sweeps, func(a, b Sweep) int {
		return cmp.Or(cmp.Compare(a.Collector, b.Collector), a.Place.Compare(b.Place))
	})
	slices.SortFunc(s.Inputs, func(a, b Input) int { return cmp.Compare(a.Path, b.Path) })
	s.Inputs = slices.Compact(s.Inputs)
	slices.SortFunc(s.Accepts, func(a, b Waiver) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Check, b.Check), cmp.Compare(a.Fact, b.Fact))
	})
	slices.SortFunc(s.Moved, func(a, b Moved) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From))
	})
	slices.SortFunc(s.Calls, Call.Compare)
}

// Merge adds what other collected.
func (s *Snapshot) Merge(other Snapshot) {
	s.Facts = append(s.Facts, other.Facts...)
	s.Sweeps = append(s.Sweeps, other.Sweeps...)
	s.Inputs = append(s.Inputs, other.Inputs...)
	s.Accepts = append(s.Accepts, other.Accepts...)
	s.Moved = append(s.Moved, other.Moved...)
	s.Calls = append(s.Calls, other.Calls...)
}
