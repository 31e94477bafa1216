package terraform

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// stateLimit is how large a state file can be that is read, in bytes.
const stateLimit = 64 << 20

// stateVersion is the format that Terraform 0.12 and newer write, and OpenTofu does.
const stateVersion = 4

// state is what a state file tells about identities, and nothing else of it: which resource in AWS is behind which
// address. Everything else, secrets above all, is dropped while the file is decoded.
type state struct {
	given bool
	byID  map[string]stateInstance // by address, such as module.a["x"].aws_db_instance.main[0]
	other []stateInstance          // what is about to be destroyed, and has no address of its own
}

// stateInstance is one resource of a state file.
type stateInstance struct {
	typ   string
	names map[string]string // of stateAttributes, those that it has
	disks []string          // ids of the volumes that it was started with, the root volume's first
}

// stateAttributes are the attributes that are taken from a state file, sorted: they identify a resource.
func stateAttributes() []string {
	return []string{"alarm_name", "arn", "bucket", "cluster_id", "cluster_identifier", "db_cluster_snapshot_identifier",
		"db_snapshot_identifier", "id", "identifier", "key_id", "name", "region", "replication_group_id"}
}

// parseState reads a state file of at most stateLimit bytes. The error says which file, what is wrong and, after a
// semicolon, what to do; it never shows what stands in the file.
func parseState(name string, r io.Reader) (state, error) {
	limited := &io.LimitedReader{R: r, N: stateLimit + 1}
	p := stateParser{Decoder: json.NewDecoder(limited), state: state{given: true, byID: map[string]stateInstance{}}}
	err := p.read()
	switch {
	case limited.N <= 0:
		return state{}, fmt.Errorf("%s: larger than %d MiB; is it a state file?", name, stateLimit>>20)
	case err != nil:
		return state{}, fmt.Errorf("%s: not valid JSON after byte %d; name a state file as `terraform state pull` writes it", name, p.InputOffset())
	case p.version == 0:
		return state{}, fmt.Errorf("%s: no version, so no Terraform state, or an encrypted one; name a state file as `terraform state pull` writes it", name)
	case p.version != stateVersion:
		return state{}, fmt.Errorf("%s: state format %d, and only format %d is read; write it with `terraform state pull` of version 0.12 or newer",
			name, p.version, stateVersion)
	}
	return p.state, nil
}

// stateParser walks through the file, one resource at a time.
type stateParser struct {
	*json.Decoder
	version int
	state   state
}

var errNoObject = errors.New("no JSON object")

func (p *stateParser) read() error {
	if t, err := p.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errNoObject, err)
	}
	for p.More() {
		key, err := p.Token()
		if err != nil {
			return err
		}
		switch key {
		case "version":
			err = p.Decode(&p.version)
		case "resources":
			err = p.resources()
		default:
			err = p.skip()
		}
		if err != nil {
			return err
		}
	}
	if _, err := p.Token(); err != nil {
		return err
	}
	if _, err := p.Token(); !errors.Is(err, io.EOF) {
		return errors.Join(errNoObject, err)
	}
	return nil
}

// skip passes over one value and keeps nothing of it.
func (p *stateParser) skip() error {
	for depth := 0; ; {
		t, err := p.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

func (p *stateParser) resources() error {
	t, err := p.Token()
	if err != nil || t == nil {
		return err
	}
	if t != json.Delim('[') {
		return errNoObject
	}
	for p.More() {
		var r stateResource
		if err := p.Decode(&r); err != nil {
			return err
		}
		p.state.add(r)
	}
	_, err = p.Token()
	return err
}

// stateResource is a resource as the file writes it.
type stateResource struct {
	Module    string `json:"module"`
	Mode      string `json:"mode"`
	Type      string `json:"type"`
	Name      string `json:"name"`
	Instances []struct {
		Index      indexKey      `json:"index_key"`
		Deposed    textOnly      `json:"deposed"`
		Attributes identityTexts `json:"attributes"`
	} `json:"instances"`
}

// add takes what AWS resources are behind which addresses.
func (s *state) add(r stateResource) {
	if r.Mode != "managed" || !strings.HasPrefix(r.Type, "aws_") {
		return
	}
	address := r.Type + "." + r.Name
	if r.Module != "" {
		address = r.Module + "." + address
	}
	for _, i := range r.Instances {
		instance := stateInstance{typ: r.Type, names: i.Attributes.names, disks: i.Attributes.disks}
		if i.Deposed != "" {
			s.other = append(s.other, instance)
			continue
		}
		s.byID[address+string(i.Index)] = instance
	}
}

// known lists the identities of all resources that the code does not declare, sorted: Terraform knows them all the same.
func (s state) known(declared func(address string) bool, types map[string]identity) []evidence.Key {
	var keys []evidence.Key
	for address, i := range s.byID {
		keys = append(keys, i.diskKeys()...)
		if !declared(address) {
			keys = append(keys, i.keys(types[i.typ])...)
		}
	}
	for _, i := range s.other {
		keys = append(keys, i.keys(types[i.typ])...)
	}
	slices.SortFunc(keys, evidence.Key.Compare)
	return slices.Compact(keys)
}

// keys are the identities of a resource: by its type's name, and by its ARN.
func (i stateInstance) keys(id identity) []evidence.Key {
	var keys []evidence.Key
	arn := i.names["arn"]
	if name := i.names[id.state]; id.typ != "" && name != "" {
		keys = append(keys, i.key(id.key, name, id.global))
	}
	if awsrules.IsARN(arn) {
		keys = append(keys, i.key("arn", arn, id.global))
	}
	return keys
}

// diskKeys are the identities of the volumes that an instance was started with.
func (i stateInstance) diskKeys() []evidence.Key {
	var keys []evidence.Key
	for _, id := range i.disks {
		keys = append(keys, i.key("ec2:volume", id, false))
	}
	return keys
}

// key takes the parts that the ARN tells, and the region from where else it stands.
func (i stateInstance) key(typ, name string, global bool) evidence.Key {
	partition, region, account := awsrules.ARNPlace(i.names["arn"])
	switch {
	case global:
		region = "global"
	case region == "":
		region = i.names["region"]
	}
	return evidence.Key{Scheme: "aws", Partition: orMark(partition), Account: orMark(account), Region: orMark(region), Type: typ, Name: name}
}

// orMark is part, or the mark of a part that is not known.
func orMark(part string) string {
	if part == "" {
		return "?"
	}
	return part
}
