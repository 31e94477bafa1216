package eval

import (
	"encoding/json"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// manifestModule is an entry of .terraform/modules/modules.json.
type manifestModule struct {
	Key    string `json:"Key"`
	Source string `json:"Source"`
	Dir    string `json:"Dir"`
}

// readManifest reads which directories `terraform init` put modules into, by their path of call names.
func (r *run) readManifest() {
	r.manifest = map[string]manifestModule{}
	name := path.Join(r.dir, ".terraform/modules/modules.json")
	if _, err := fs.Stat(r.parser.fs, name); err != nil {
		return
	}
	text, err := r.parser.read(name, maxFileSize)
	if err != nil {
		r.out.Notes = append(r.out.Notes, unreadable(name, err))
		return
	}
	var manifest struct{ Modules []manifestModule }
	if err := json.Unmarshal(text, &manifest); err != nil {
		r.out.Notes = append(r.out.Notes, evidence.Gap{Reason: evidence.Because("file_unreadable", "file", name, "cause", "not_json"),
			At: []evidence.Position{{File: name}}})
		return
	}
	for _, m := range manifest.Modules {
		r.manifest[m.Key] = m
	}
}

// isLocal says whether a module source is a path.
func isLocal(source string) bool {
	return source == "." || source == ".." || strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../")
}

// moduleDir returns the directory of a module that a module in dir calls; keys are the names of the calls that lead
// there.
func (r *run) moduleDir(dir string, keys []string, source string) (string, bool) {
	var found string
	switch entry, ok := r.manifest[strings.Join(keys, ".")]; {
	case isLocal(source):
		found = path.Join(dir, source)
	case ok && source != "":
		found = path.Join(r.dir, entry.Dir)
		if path.IsAbs(entry.Dir) {
			return "", false
		}
	default:
		return "", false
	}
	return found, fs.ValidPath(found)
}

// loadTree loads the modules that conf calls, at any depth, and collects the attribute names that they use.
func (r *run) loadTree(conf *config) {
	r.readManifest()
	used, seen := map[string]bool{"id": true, "arn": true, "name": true}, map[string]bool{}
	type visit struct {
		conf *config
		keys []string
	}
	queue := []visit{{conf, nil}}
	r.dirs = []string{conf.dir}
	for visits := 0; len(queue) > 0 && visits < maxInstances; visits++ {
		v := queue[0]
		queue = queue[1:]
		for name := range v.conf.used {
			used[name] = true
		}
		if !seen[v.conf.dir] {
			seen[v.conf.dir] = true
			r.out.Gaps = append(r.out.Gaps, v.conf.gaps...)
			r.out.Notes = append(r.out.Notes, v.conf.notes...)
			r.dirs = append(r.dirs, v.conf.dir)
		} else if len(r.manifest) == 0 || len(v.keys) > maxModuleDepth {
			continue
		}
		for _, call := range v.conf.callOrder {
			keys := append(v.keys[:len(v.keys):len(v.keys)], call.name)
			dir, ok := r.moduleDir(v.conf.dir, keys, call.source)
			if !ok || len(keys) > maxModuleDepth || !r.spend(1) {
				continue
			}
			if child, err := r.parser.load(dir); err == nil {
				queue = append(queue, visit{child, keys})
			}
		}
	}
	r.used = sortedKeys(used)
}
