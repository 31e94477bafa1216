package evidence

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// Kind is the provider-neutral sort of a resource: object_store, never aws_s3_bucket.
type Kind string

// Idle says whether a kind uses no region by being in it: a switch that every region of an account has, used or not, what
// watches over other things, or what only says that something was tried.
func (k Kind) Idle() bool {
	return slices.Contains([]Kind{"alarm", "configuration_recorder", "public_sharing_block", "restore_plan", "restore_test", "threat_detector", "volume_default"}, k)
}

// Resource is a struct whose exported fields are Values with a `setting` tag. A `values` tag lists what a string
// setting can be; a `unit` tag says what a number counts.
type Resource interface{ Kind() Kind }

// Resources lists every kind there is, by one zero value each, sorted by kind.
func Resources() []Resource {
	return []Resource{
		AccessPolicy{}, AccountPublicAccess{}, Alarm{}, AuditTrail{}, BackupJob{}, BackupPlan{}, BackupVault{}, Cache{}, CDN{}, Certificate{},
		ConfigurationRecorder{}, ContainerHost{}, ContainerRegistry{}, ContainerService{}, ControlPanel{}, Credential{}, Database{}, DatabaseServer{}, EncryptionKey{}, Endpoint{},
		FileSystem{}, Firewall{}, Function{}, HostFirewall{}, Instance{}, IntrusionDetector{}, KeyFile{}, KubernetesCluster{}, Listener{}, LoadBalancer{}, LocalAccount{}, LockoutPolicy{},
		LogDelivery{}, LogForwarding{}, LogRotation{}, LogStore{}, MailServer{}, MalwareScanner{}, MonitoringAgent{}, Network{}, ObjectStore{}, OperatingSystem{}, PasswordPolicy{}, PatchState{},
		PublicSharingBlock{}, Queue{}, RecoveryPoint{}, RestorePlan{}, RestoreTest{}, Secret{}, DataSnapshot{}, SSHServer{}, Subnet{}, SystemLog{}, Table{}, ThreatDetector{}, Topic{},
		User{}, UserPool{}, Volume{}, VolumeDefault{}, WebEndpoint{}, WebSite{},
	}
}

// Kinds returns all kinds, sorted.
func Kinds() []Kind {
	var kinds []Kind
	for _, r := range Resources() {
		kinds = append(kinds, r.Kind())
	}
	slices.Sort(kinds)
	return kinds
}

// Field is one setting of a kind.
type Field struct {
	Name   string       // the setting's name
	Values []string     // what a string setting can be; empty = any text
	Unit   string       // what a number counts
	Type   reflect.Type // the T of its Value[T]
	index  []int
}

// Fields returns the settings of kind k sorted by name, nil for an unknown kind.
func Fields(k Kind) []Field {
	for _, r := range Resources() {
		if r.Kind() == k {
			fields := fieldsOf(reflect.TypeOf(r))
			slices.SortFunc(fields, func(a, b Field) int { return cmp.Compare(a.Name, b.Name) })
			return fields
		}
	}
	return nil
}

func fieldsOf(t reflect.Type) []Field {
	var fields []Field
	for _, f := range reflect.VisibleFields(t) {
		name, ok := f.Tag.Lookup("setting")
		if !ok {
			continue
		}
		field := Field{Name: name, Unit: f.Tag.Get("unit"), index: f.Index, Type: typeOfValue(f.Type)}
		if v := f.Tag.Get("values"); v != "" {
			field.Values = strings.Split(v, ",")
		}
		fields = append(fields, field)
	}
	return fields
}

// typeOfValue returns the T of a Value[T], by its field that holds it.
func typeOfValue(t reflect.Type) reflect.Type {
	f, _ := t.FieldByName("value")
	return f.Type
}

// The levels of encryption at rest, weakest first.
const (
	EncryptionNone            = "none"
	EncryptionProviderOwned   = "provider-owned"   // a key that the provider owns and the customer never sees
	EncryptionProviderManaged = "provider-managed" // a key in the customer's account that the provider manages
	EncryptionCustomerManaged = "customer-managed" // a key in the customer's account that the customer manages
	EncryptionExternal        = "external"         // a key held outside the provider
)

// The ranks of TLS versions and of SSL 3.0, for settings and promises alike; RankPlain is no TLS at all.
const (
	RankPlain = 0
	RankSSL30 = 3
	RankTLS10 = 10
	RankTLS11 = 11
	RankTLS12 = 12
	RankTLS13 = 13
)

// Placement says where a resource keeps data.
type Placement struct {
	Region Value[string]   `setting:"region"` // provider's region code; "global" for services that live in no region
	Copies Value[[]string] `setting:"copies"` // regions that the data is copied to, other than Region
}

// Exposure is a set of ports that a set of addresses outside the network can reach (ingress), or that can be reached
// outside (egress). Family is ipv4 or ipv6; Protocol is tcp, udp, icmp, icmpv6, a number, other (what no rule of a host names), or all; for all and icmp the
// ports are 0 to 65535. Source is the CIDR block, or the smallest union when the world was written in pieces.
//
// Its fields, like those of Grant, stand in the order of their names, in which JSON writes them when they are read back.
type Exposure struct {
	Family   string `json:"family"`
	From     int    `json:"from"`
	Protocol string `json:"protocol"`
	Source   string `json:"source"`
	To       int    `json:"to"`
}

// Grant is one statement of an access policy that allows more than named actions on named resources. Scope is
// everything (all actions on all resources), service (all actions of a service on all resources), actions (named or
// partly named actions on all resources) or resources (all actions on named resources). Conditional says whether a
// condition narrows it.
type Grant struct {
	Action      string `json:"action"`
	Conditional bool   `json:"conditional"`
	Scope       string `json:"scope"`
}
