package server

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// imunify reads what Imunify360 watches and scans.
func imunify() reader {
	return reader{name: "imunify", kinds: []evidence.Kind{"intrusion_detector", "malware_scanner"}, read: readImunify}
}

// Files of Imunify360; those of the directory go over the main one.
// https://docs.imunify360.com/config_file_description/
const (
	imunifyDirectory = "/etc/sysconfig/imunify360"
	imunifyMain      = imunifyDirectory + "/imunify360.config"
)

func readImunify(h *host) {
	config, err := h.imunifyConfig()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		h.hide(why(imunifyMain, err), "intrusion_detector", "malware_scanner")
		return
	}
	i := imunifyHost{h, config}
	unknown := evidence.Because("host_not_understood", "what", "imunify360-agent")
	here := func(name string) thing {
		return thing{name: "imunify360/" + name, at: []evidence.Position{h.line(imunifyMain, 0, "")}, level: h.saidLevel()}
	}
	h.add(here("dos"), evidence.IntrusionDetector{Watches: evidence.Known("network"), Active: i.active("DOS", "enabled", isTrue), LastRunDays: evidence.Unresolved[int](unknown)})
	h.add(here("proactive_defence"), evidence.IntrusionDetector{Watches: evidence.Known("behaviour"), Active: i.active("PROACTIVE_DEFENCE", "mode", stops), LastRunDays: evidence.Unresolved[int](unknown)})
	h.add(here("malware"), evidence.MalwareScanner{Active: i.scans(), SignatureAgeDays: evidence.Unresolved[int](unknown)})
}

// imunifyHost is a host with Imunify360.
type imunifyHost struct {
	*host
	config map[string]map[string]imunifyValue
}

// imunifyValue is a value of the configuration, and where it stands.
type imunifyValue struct {
	text string
	at   evidence.Position
}

// imunifyConfig reads what the agent says of its configuration, or else the files.
func (h *host) imunifyConfig() (map[string]map[string]imunifyValue, error) {
	if out, err := h.Output("imunify-config"); err == nil {
		if config := h.imunifySaid(out); config != nil {
			return config, nil
		}
	}
	data, err := h.Read(imunifyMain)
	if err != nil {
		return nil, err
	}
	config := map[string]map[string]imunifyValue{}
	if err := h.imunifyYAML(config, imunifyMain, data); err != nil {
		return nil, err
	}
	more, err := capture.Glob(h, imunifyDirectory+"/imunify360.config.d/*.config")
	if err != nil {
		return nil, err
	}
	for _, name := range more {
		data, err := h.Read(name)
		if err == nil {
			err = h.imunifyYAML(config, name, data)
		}
		if err != nil {
			return nil, err
		}
	}
	return config, nil
}

// imunifySaid reads what `config show --json` prints: the sections, or an object that has them as items. Anything else is nil.
func (h *host) imunifySaid(out []byte) map[string]map[string]imunifyValue {
	var whole map[string]json.RawMessage
	if json.Unmarshal(out, &whole) != nil {
		return nil
	}
	if items, ok := whole["items"]; ok {
		whole = nil
		if json.Unmarshal(items, &whole) != nil {
			return nil
		}
	}
	config := map[string]map[string]imunifyValue{}
	for section, raw := range whole {
		var values map[string]json.RawMessage
		if json.Unmarshal(raw, &values) != nil {
			continue
		}
		config[section] = map[string]imunifyValue{}
		for key, value := range values {
			config[section][key] = imunifyValue{strings.Trim(string(value), `"`), h.said("imunify-config")}
		}
	}
	if len(config) == 0 {
		return nil
	}
	return config
}

var errNoSections = errors.New("no sections")

// imunifyYAML reads the two levels of a file over what is there. Deeper values are left out.
func (h *host) imunifyYAML(config map[string]map[string]imunifyValue, file string, data []byte) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return errNoSections // the parser's own words may repeat the file
	}
	if len(doc.Content) == 0 {
		return nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return errNoSections
	}
	for n := 0; n+1 < len(top.Content); n += 2 {
		section, values := top.Content[n], top.Content[n+1]
		if values.Kind != yaml.MappingNode {
			continue
		}
		if config[section.Value] == nil {
			config[section.Value] = map[string]imunifyValue{}
		}
		for m := 0; m+1 < len(values.Content); m += 2 {
			key, value := values.Content[m], values.Content[m+1]
			if value.Kind == yaml.ScalarNode {
				config[section.Value][key.Value] = imunifyValue{value.Value, h.line(file, key.Line, "")}
			}
		}
	}
	return nil
}

// meaning says what a value of the configuration means, and whether it is understood.
type meaning func(text string) (on, understood bool)

// isTrue reads a truth of YAML 1.1, which the vendor documents as accepted.
func isTrue(text string) (on, understood bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "on":
		return true, true
	case "false", "no", "n", "off":
		return false, true
	}
	return false, false
}

// stops reads the mode of Proactive Defense: it watches when it logs or kills. https://docs.imunify360.com/dashboard/#proactive-defense
func stops(text string) (on, understood bool) {
	switch strings.ToUpper(text) {
	case "KILL", "LOG":
		return true, true
	case "DISABLED":
		return false, true
	}
	return false, false
}

// active says whether a part of Imunify360 is on: configured so, and the agent says that its licence is valid.
func (i imunifyHost) active(section, key string, m meaning) evidence.Value[bool] {
	value, ok := i.config[section][key]
	on, understood := m(value.text)
	if !ok || !understood {
		return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", path.Base(imunifyMain)+" "+section+"."+key))
	}
	if !on {
		return evidence.Known(false).At(value.at)
	}
	if !i.Live {
		return evidence.Known(true).At(value.at)
	}
	out, err := i.Command("imunify-rstatus")
	switch {
	case err != nil:
		return untold[bool]("imunify360-agent rstatus", err)
	case out.Exit == 127:
		return evidence.Known(false).At(i.said("imunify-rstatus")) // the agent is gone, its files are left
	case out.Exit == 0 && strings.TrimSpace(string(out.Out)) == "OK":
		return evidence.Known(true).At(value.at, i.said("imunify-rstatus"))
	}
	return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", "imunify360-agent rstatus")).At(i.said("imunify-rstatus"))
}

// scans says whether files are scanned: when they change, or by a schedule.
func (i imunifyHost) scans() evidence.Value[bool] {
	changed := i.active("MALWARE_SCANNING", "enable_scan_inotify", isTrue)
	planned := i.active("MALWARE_SCAN_SCHEDULE", "interval", func(text string) (on, understood bool) {
		switch strings.ToLower(text) {
		case "day", "week", "month":
			return true, true
		case "none":
			return false, true
		}
		return false, false
	})
	if on, known := planned.Get(); known && on {
		return planned
	}
	if on, known := changed.Get(); known && !on {
		if _, known := planned.Get(); !known {
			return planned
		}
	}
	return changed
}
