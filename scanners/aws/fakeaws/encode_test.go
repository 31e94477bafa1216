package fakeaws

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/smithy-go/encoding/cbor"
	"github.com/google/go-cmp/cmp"
)

// everything has a value of every sort.
func everything() Node {
	return Node{
		"Bool": true, "Int": 5, "Less": -5, "Float": 1.5, "Nil": nil, "Text": "a<b", "Time": time.UnixMilli(1500).UTC(),
		"Node": Node{"X": "y"}, "Map": map[string]string{"k": "v"}, "Entries": Entries{"k": "v"},
		"Flat": Flat{"a", "b"}, "List": List{Name: "each", Items: []any{"a"}}, "Strings": []string{"a"}, "Nodes": []Node{{"X": 1}},
	}
}

func TestJSONOfEveryValue(t *testing.T) {
	want := `{"Bool":true,"Entries":{"k":"v"},"Flat":["a","b"],"Float":1.5,"Int":5,"Less":-5,"List":["a"],"Map":{"k":"v"},` +
		`"Node":{"X":"y"},"Nodes":[{"X":1}],"Strings":["a"],"Text":"a\u003cb","Time":1.5}`
	if diff := cmp.Diff(want, string(jsonBytes(everything()))); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestXMLOfEveryValue(t *testing.T) {
	body := everything()
	body["Grantee"] = Node{"@xsi:type": "Group", "URI": "u"}
	body["Location"] = Node{"": "eu-north-1"}
	_, got, _ := strings.Cut(string(xmlBytes(service{Protocol: ec2Query}, "Root", body)), "\n")
	want := `<Root><Bool>true</Bool><Entries><entry><key>k</key><value>v</value></entry></Entries><Flat>a</Flat><Flat>b</Flat>` +
		`<Float>1.5</Float><Grantee xsi:type="Group"><URI>u</URI></Grantee><Int>5</Int><Less>-5</Less><List><each>a</each></List>` +
		`<Location>eu-north-1</Location><Map><k>v</k></Map><Node><X>y</X></Node><Nodes><item><X>1</X></item></Nodes>` +
		`<Strings><item>a</item></Strings><Text>a&lt;b</Text><Time>1970-01-01T00:00:01Z</Time></Root>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("XML (-want +got):\n%s", diff)
	}
}

func TestCBOROfEveryValue(t *testing.T) {
	got, err := cbor.Decode(cbor.Encode(toCBOR(everything())))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"Bool": true, "Int": uint64(5), "Less": int64(-5), "Float": 1.5, "Text": "a<b", "Time": 1.5, "Node": map[string]any{"X": "y"},
		"Map": map[string]any{"k": "v"}, "Entries": map[string]any{"k": "v"}, "Flat": []any{"a", "b"}, "List": []any{"a"},
		"Strings": []any{"a"}, "Nodes": []any{map[string]any{"X": uint64(1)}},
	}
	if diff := cmp.Diff(want, plainCBOR(got)); diff != "" {
		t.Errorf("CBOR (-want +got):\n%s", diff)
	}
}
