package server

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// controlPanels reads what cPanel and WHM demand of those who administer the host in a browser.
func controlPanels() reader {
	return reader{name: "cpanel", kinds: []evidence.Kind{"control_panel"}, read: readControlPanel}
}

// cpanelConfig is there where cPanel is installed.
const cpanelConfig = "/var/cpanel/cpanel.config"

func readControlPanel(h *host) {
	if _, err := h.Stat(cpanelConfig); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			h.hide(why(cpanelConfig, err), "control_panel")
		}
		return
	}
	policy := h.cpanelPolicy()
	panel := evidence.ControlPanel{SecondFactorPolicy: policy, AdminsEnrolled: h.cpanelEnrolled(policy)}
	h.add(thing{name: "cpanel", at: []evidence.Position{h.line(cpanelConfig, 0, "")}, level: h.saidLevel()}, panel)
}

// saidLevel is the level of what commands tell, or of a host that does not run.
func (h *host) saidLevel() evidence.Level {
	if h.Live {
		return evidence.LevelImplementation
	}
	return evidence.LevelDesign
}

// whmAnswer is an answer of WHM's API: https://api.docs.cpanel.net/whm/introduction
type whmAnswer struct {
	Data     json.RawMessage `json:"data"`
	Metadata struct {
		Result *int `json:"result"`
	} `json:"metadata"`
}

// whm returns the data of an answer; nil where the call failed, or where it is no answer of the API.
func whm(out []byte) json.RawMessage {
	var answer whmAnswer
	if json.Unmarshal(out, &answer) != nil || answer.Metadata.Result == nil || *answer.Metadata.Result != 1 {
		return nil
	}
	return answer.Data
}

// cpanelPolicy asks whether the policy of second factors is on.
// https://api.docs.cpanel.net/openapi/whm/operation/twofactorauth_policy_status/
func (h *host) cpanelPolicy() evidence.Value[bool] {
	const command = "whmapi-twofactor"
	out, err := h.Output(command)
	if err != nil {
		return untold[bool]("whmapi1 twofactorauth_policy_status", err)
	}
	var status struct {
		Enabled *flag `json:"is_enabled"`
	}
	if json.Unmarshal(whm(out), &status) != nil || status.Enabled == nil {
		return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", "whmapi1 twofactorauth_policy_status")).At(h.said(command))
	}
	return evidence.Known(bool(*status.Enabled)).At(h.said(command))
}

// flag is a truth that the API writes as a number, as text or as true.
type flag bool

// UnmarshalJSON reads it.
func (f *flag) UnmarshalJSON(data []byte) error {
	*f = flag(strings.Trim(string(data), `"`) == "1" || string(data) == "true")
	return nil
}

// cpanelEnrolled asks who uses a second factor. A policy that is on enrols nobody: root and every reseller must have done so themselves.
func (h *host) cpanelEnrolled(policy evidence.Value[bool]) evidence.Value[bool] {
	const command = "whmapi-enrolled"
	what := evidence.Because("host_not_understood", "what", "whmapi1 twofactorauth_get_user_configs")
	if on, known := policy.Get(); known && !on {
		return evidence.Known(false).At(policy.Positions()...)
	}
	out, err := h.Output(command)
	if err != nil {
		return untold[bool]("whmapi1 twofactorauth_get_user_configs", err)
	}
	var counted struct {
		Enrolled *int `json:"enrolled"`
	}
	if json.Unmarshal(out, &counted) == nil && counted.Enrolled != nil {
		if *counted.Enrolled == 0 {
			return evidence.Known(false).At(h.said(command))
		}
		return evidence.Unresolved[bool](what).At(h.said(command)) // how many, and not who
	}
	var users map[string]struct {
		Enabled flag `json:"is_enabled"`
	}
	if json.Unmarshal(whm(out), &users) != nil || users == nil {
		return evidence.Unresolved[bool](what).At(h.said(command))
	}
	if !users["root"].Enabled {
		return evidence.Known(false).At(h.said(command))
	}
	resellers, err := h.resellers()
	if err != nil {
		return untold[bool](resellersFile, err)
	}
	for _, name := range resellers {
		if !users[name].Enabled {
			return evidence.Known(false).At(h.said(command))
		}
	}
	return evidence.Known(true).At(h.said(command))
}

// resellersFile lists resellers and their privileges.
const resellersFile = "/var/cpanel/resellers"

// resellers are the accounts that may administer others.
func (h *host) resellers() ([]string, error) {
	data, err := h.Read(resellersFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for line := range strings.SplitSeq(string(data), "\n") {
		if name, _, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && name != "" && !strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	return names, err
}
