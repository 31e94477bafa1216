package reports

import (
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// subject names what a result is about: the resource's address, or the place whose population was judged.
func (x *index) subject(id string) string {
	if f, ok := x.facts[id]; ok {
		return visible(onHost(f.Source.Place.Host, f.Address))
	}
	if _, rest, ok := strings.Cut(id, ":account:"); ok {
		return x.words.Text("place.account", "account", visible(rest))
	}
	if _, rest, ok := strings.Cut(id, ":host:"); ok {
		return x.words.Text("place.host", "host", visible(rest))
	}
	root, environment := rootOf(id)
	if root == "" {
		return visible(id)
	}
	return x.place(evidence.Place{Root: root, Environment: environment})
}

// onHost names a thing of a host: a host may have many, and many hosts have a thing of one name.
func onHost(host, thing string) string {
	if host == "" || strings.HasPrefix(thing, host) {
		return thing
	}
	return host + ": " + thing
}

// place says where a collector looked.
func (x *index) place(p evidence.Place) string {
	if p.Host != "" {
		return x.words.Text("place.host", "host", visible(p.Host))
	}
	if p.Root == "" {
		return visible(strings.TrimSpace(p.Account + " " + p.Region))
	}
	if p.Environment == "" {
		return x.words.Text("place.root", "root", visible(p.Root))
	}
	return x.words.Text("place.environment", "root", visible(p.Root), "environment", visible(p.Environment))
}

// rootOf returns the root module and environment of a population's id, `terraform:<root>[@environment]`.
func rootOf(id string) (root, environment string) {
	rest, ok := strings.CutPrefix(id, "terraform:")
	if !ok {
		return "", ""
	}
	root, environment, _ = strings.Cut(strings.TrimSuffix(rest, ":"), "@")
	return root, environment
}

// positions returns where a result was decided: its own positions, else where the fact or a fact to blame is declared.
func (x *index) positions(r *evidence.Result) []evidence.Position {
	if len(r.At) > 0 {
		return r.At
	}
	for _, id := range append([]string{r.Fact}, r.Blames...) {
		if f, ok := x.facts[id]; ok && len(f.At) > 0 {
			return f.At[:1]
		}
	}
	return nil
}

// firstFile returns the first file that was read of the root module that a population's id names.
func (x *index) firstFile(id string) []evidence.Position {
	root, _ := rootOf(id)
	if root == "" {
		return nil
	}
	for _, in := range x.Snapshot.Inputs {
		if inRoot(in.Path, root) {
			return []evidence.Position{{File: in.Path}}
		}
	}
	return nil
}

// inRoot says whether a file lies in a root module.
func inRoot(file, root string) bool { return root == "." || strings.HasPrefix(file, root+"/") }

// where is a position as editors and terminals understand it: file:line, after its host; or the call or command that told it.
func where(p evidence.Position) string {
	if p.Call != "" {
		return visible(onHost(p.Host, p.Call))
	}
	file := p.File
	if p.Host != "" {
		file = p.Host + ":" + file
	}
	if p.StartLine == 0 {
		return visible(file)
	}
	return visible(file) + ":" + strconv.Itoa(p.StartLine)
}

// scanned says whether a position is a file that was scanned: neither one of a host nor a call.
func scanned(p evidence.Position) bool { return p.File != "" && p.Host == "" }

// decidedAt is the first place that a result points at, or nothing.
func (x *index) decidedAt(r *evidence.Result) string {
	if at := x.positions(r); len(at) > 0 {
		return where(at[0])
	}
	return ""
}
