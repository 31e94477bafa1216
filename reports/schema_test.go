package reports

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/tomscan/tomscan/evidence"
)

func TestReportsFollowTheirSchema(t *testing.T) {
	schema := compiledSchema(t, ownSchema(t, "report"))
	for name, r := range map[string]evidence.Report{"fixture": fixture(), "with errors": fixtureWithErrors(), "nothing": fixtureOfNothing()} {
		validate(t, name, schema, render(t, JSON, r, Options{}))
	}
}

func TestSnapshotsFollowTheirSchema(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, fixtureSnapshot()); err != nil {
		t.Fatal(err)
	}
	validate(t, "fixture", compiledSchema(t, ownSchema(t, "snapshot")), b.Bytes())
}

func TestSchemaRefusesAValueThatIsNotKnown(t *testing.T) {
	schema := compiledSchema(t, ownSchema(t, "snapshot"))
	doc := `{"schema_version":"1.0","sweeps":[],"inputs":[],"facts":[{"id":"a","kind":"volume","address":"a","addresses":["a"],
		"source":{"collector":"terraform","level":"design","place":{}},"settings":{"encryption":{"state":"unresolved","value":"none","why":{"code":"x"}}}}]}`
	if err := schema.Validate(parsed(t, []byte(doc))); err == nil {
		t.Error("an unresolved reading with a value was accepted")
	}
}

// TestSchemasDescribeEveryField compares the members that the schema names with those that the Go types write.
func TestSchemasDescribeEveryField(t *testing.T) {
	for name, document := range map[string]reflect.Type{"report": reflect.TypeFor[evidence.Report](), "snapshot": reflect.TypeFor[evidence.Snapshot]()} {
		var root map[string]any
		if err := json.Unmarshal(ownSchema(t, name), &root); err != nil {
			t.Fatal(err)
		}
		c := coverage{t: t, defs: root["$defs"].(map[string]any), seen: map[reflect.Type]bool{}}
		c.compare(document, root)
	}
}

type coverage struct {
	t    *testing.T
	defs map[string]any
	seen map[reflect.Type]bool
}

// compare holds a node of the schema to a type, and what lies below it.
func (c coverage) compare(t reflect.Type, node map[string]any) {
	node = c.resolved(node)
	switch t.Kind() {
	case reflect.Pointer:
		c.compare(t.Elem(), node)
	case reflect.Slice:
		c.compare(t.Elem(), node["items"].(map[string]any))
	case reflect.Map:
		if below, ok := node["additionalProperties"].(map[string]any); ok {
			c.compare(t.Elem(), below)
		}
	case reflect.Struct:
		c.compareStruct(t, node)
	}
}

func (c coverage) compareStruct(t reflect.Type, node map[string]any) {
	if c.seen[t] {
		return
	}
	c.seen[t] = true
	properties, _ := node["properties"].(map[string]any)
	var got, required []string
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" {
			continue
		}
		got = append(got, name)
		if !strings.Contains(options, "omitempty") {
			required = append(required, name)
		}
		if below, ok := properties[name].(map[string]any); ok {
			c.compare(f.Type, below)
		}
	}
	slices.Sort(got)
	slices.Sort(required)
	if diff := cmp.Diff(got, slices.Sorted(maps.Keys(properties))); diff != "" {
		c.t.Errorf("%s: fields and schema differ (-Go +schema):\n%s", t, diff)
	}
	var wanted []string
	list, _ := node["required"].([]any)
	for _, r := range list {
		wanted = append(wanted, r.(string))
	}
	if diff := cmp.Diff(required, wanted); diff != "" {
		c.t.Errorf("%s: what is always written and what the schema requires differ (-Go +schema):\n%s", t, diff)
	}
}

func (c coverage) resolved(node map[string]any) map[string]any {
	if ref, ok := node["$ref"].(string); ok {
		return c.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	return node
}

// TestSchemasSayTheSameOfTheSameThing compares the definitions that both schemas have.
func TestSchemasSayTheSameOfTheSameThing(t *testing.T) {
	var report, snapshot struct {
		Defs map[string]any `json:"$defs"`
	}
	for name, into := range map[string]any{"report": &report, "snapshot": &snapshot} {
		if err := json.Unmarshal(ownSchema(t, name), into); err != nil {
			t.Fatal(err)
		}
	}
	for name, def := range snapshot.Defs {
		if diff := cmp.Diff(report.Defs[name], def); diff != "" {
			t.Errorf("%s (-report +snapshot):\n%s", name, diff)
		}
	}
}

func TestSchemaOfAnythingElse(t *testing.T) {
	if _, err := Schema("annex"); err == nil || !strings.Contains(err.Error(), "report, snapshot") {
		t.Errorf("annex: %v, want an error that names the schemas", err)
	}
}

// TestSARIFFollowsTheStandard validates the SARIF against the standard's schema.
func TestSARIFFollowsTheStandard(t *testing.T) {
	data, err := os.ReadFile("testdata/sarif/sarif-2.1.0-rtm.5.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := compiledSchema(t, data)
	for name, r := range map[string]evidence.Report{"fixture": fixture(), "with errors": fixtureWithErrors(), "nothing": fixtureOfNothing()} {
		validate(t, name, schema, render(t, SARIF, r, Options{}))
	}
}

func ownSchema(t *testing.T, name string) []byte {
	t.Helper()
	data, err := Schema(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func compiledSchema(t *testing.T, data []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", parsed(t, data)); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, name string, schema *jsonschema.Schema, data []byte) {
	t.Helper()
	if err := schema.Validate(parsed(t, data)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func parsed(t *testing.T, data []byte) any {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
