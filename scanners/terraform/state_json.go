package terraform

import (
	"encoding/json"
	"slices"

	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// textOnly is a text; any other sort of JSON value is none.
type textOnly string

// UnmarshalJSON never fails: what is no text is dropped.
func (t *textOnly) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*t = textOnly(text)
	}
	return nil
}

// indexKey is the key of an instance as addresses have it: [0] or ["x"], empty for none.
type indexKey string

// UnmarshalJSON never fails: what is neither text nor number is no key.
func (k *indexKey) UnmarshalJSON(data []byte) error {
	var text string
	var number json.Number
	switch {
	case string(data) == "null":
	case json.Unmarshal(data, &text) == nil:
		*k = indexKey("[" + eval.QuoteKey(text) + "]")
	case json.Unmarshal(data, &number) == nil:
		*k = indexKey("[" + number.String() + "]")
	}
	return nil
}

// identityTexts are the attributes that identify a resource. Everything else of its attributes is dropped at once.
type identityTexts struct {
	names map[string]string
	disks []string
}

// UnmarshalJSON takes what is on the list of stateAttributes and a text, and the ids of an instance's volumes. What is no
// object has none.
func (t *identityTexts) UnmarshalJSON(data []byte) error {
	var all map[string]json.RawMessage
	if json.Unmarshal(data, &all) != nil {
		return nil //nolint:nilerr // it has none
	}
	t.names = map[string]string{}
	for _, name := range stateAttributes() {
		var text textOnly
		if raw, ok := all[name]; ok && json.Unmarshal(raw, &text) == nil && text != "" {
			t.names[name] = string(text)
		}
	}
	for _, name := range []string{"root_block_device", "ebs_block_device"} {
		var devices []struct {
			ID textOnly `json:"volume_id"`
		}
		if raw, ok := all[name]; !ok || json.Unmarshal(raw, &devices) != nil {
			continue
		}
		for _, d := range devices {
			if d.ID != "" && !slices.Contains(t.disks, string(d.ID)) {
				t.disks = append(t.disks, string(d.ID))
			}
		}
	}
	return nil
}
