package reports

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// places returns where a result is shown, and what else has to do with it. Code scanning needs one place, so a result
// of a population that blames nothing is shown at the first file that was read of its root, or at the promise.
func (s sarif) places(r *evidence.Result) (primary, related []sarifPlace) {
	all := s.positions(r)
	at := slices.DeleteFunc(slices.Clone(all), func(p evidence.Position) bool { return !scanned(p) })
	if len(at) == 0 {
		at = s.firstFile(r.Fact)
	}
	if p, ok := s.promises[r.Promise]; ok && len(at) == 0 && p.At.File != "" {
		at = []evidence.Position{p.At}
	}
	first := sarifPlace{Logical: append([]sarifLogical{{FullyQualifiedName: s.subject(r.Fact), Kind: "resource"}}, onHosts(all)...)}
	for i, p := range at {
		if i == 0 {
			first.Physical = physical(p)
			continue
		}
		related = append(related, sarifPlace{ID: i, Physical: physical(p), Message: &sarifMessage{Text: s.words.Text("role." + roleOf(p))}})
	}
	return []sarifPlace{first}, append(related, s.blamed(r, len(at))...)
}

// onHosts are the positions on hosts. They are no artifacts of the scanned code, so that no URI names them.
func onHosts(at []evidence.Position) []sarifLogical {
	var all []sarifLogical
	for _, p := range at {
		if p.Host != "" {
			all = append(all, sarifLogical{FullyQualifiedName: where(p), Kind: "resource"})
		}
	}
	return all
}

// blamed lists the facts that a result of a population blames.
func (s sarif) blamed(r *evidence.Result, next int) []sarifPlace {
	var places []sarifPlace
	for _, id := range r.Blames {
		if f, ok := s.facts[id]; ok && id != r.Fact && len(f.At) > 0 && scanned(f.At[0]) {
			places = append(places, sarifPlace{ID: next + len(places), Physical: physical(f.At[0]), Message: &sarifMessage{Text: linkless(s.subject(id))}})
		}
	}
	return places
}

func roleOf(p evidence.Position) string {
	if p.Role == "" {
		return string(evidence.RoleDecides)
	}
	return string(p.Role)
}

func physical(p evidence.Position) *sarifPhysical {
	place := &sarifPhysical{Artifact: sarifLocation{URI: relativeURI(p.File), URIBaseID: sourceRoot}}
	if p.StartLine == 0 {
		return place
	}
	place.Region = &sarifRegion{StartLine: p.StartLine, StartColumn: p.StartCol, EndLine: max(p.StartLine, p.EndLine), EndColumn: p.EndCol}
	if p.StartCol == 0 {
		place.Region.EndColumn = 0
	}
	if p.Excerpt != "" {
		place.Region.Snippet = &sarifMessage{Text: visibleLines(p.Excerpt)}
	}
	return place
}

// artifacts lists the files that results point at and that were read, with their digests.
func (s sarif) artifacts(results []sarifResult) []sarifArtifact {
	cited := map[string]bool{}
	for _, r := range results {
		for _, p := range slices.Concat(r.Locations, r.RelatedLocations) {
			if p.Physical != nil {
				cited[p.Physical.Artifact.URI] = true
			}
		}
	}
	files := []sarifArtifact{}
	for _, in := range s.Snapshot.Inputs {
		if uri := relativeURI(in.Path); cited[uri] {
			files = append(files, sarifArtifact{Location: sarifLocation{URI: uri, URIBaseID: sourceRoot}, Length: in.Size,
				Hashes: map[string]string{"sha-256": strings.ToLower(in.SHA256)}})
		}
	}
	return files
}
