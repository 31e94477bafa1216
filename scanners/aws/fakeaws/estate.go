package fakeaws

// A Node is a structure or a map on the wire: wire names of members, with their values. Values are Node, List, Flat, Entries,
// slices, strings, booleans, numbers and times. A nil value is left out.
//
// In XML the name "" is the text of the element itself, and a name with "@" before it is an attribute.
type Node map[string]any

// A List is a list in XML whose elements have a name that is not the protocol's own. In JSON it is an array.
type List struct {
	Name  string
	Items []any
}

// Flat is a list in XML without a wrapper: its member's element is repeated. In JSON it is an array.
type Flat []any

// Entries is a map in the XML of query services: entry elements with key and value. In JSON it is an object.
type Entries map[string]any

// An Estate is what exists in the fake AWS.
type Estate struct {
	Accounts []Account
}

// An Account is one AWS account with what is in it.
type Account struct {
	// ID is the account's twelve digits.
	ID string
	// Partition is "aws" when it is empty.
	Partition string
	Name      string
	// Regions are the enabled regions; nil are those that every account has.
	Regions []string
	// Disabled are the regions that the account has not opted into. Requests in them are refused.
	Disabled  []string
	Resources []Resource
}

// A Resource is one thing in an account.
type Resource struct {
	// Type is the package and the thing: "s3.bucket".
	Type string
	// Region is where it is; "" is found from all regions.
	Region string
	// ID is what operations' By parameter is compared with, a name or an ARN; IDs are further ones.
	ID  string
	IDs []string
	// Doc is how lists show it.
	Doc Node
	// Sub is what operations answer about it, by the operation's name: a Node, an Answer, an Error, or a slice of items.
	Sub map[string]any
}

// Add puts resources into an account, which it creates when there is none yet. Call it before New.
func (e *Estate) Add(account string, resources ...Resource) {
	for i := range e.Accounts {
		if e.Accounts[i].ID == account {
			e.Accounts[i].Resources = append(e.Accounts[i].Resources, resources...)
			return
		}
	}
	e.Accounts = append(e.Accounts, Account{ID: account, Resources: resources})
}
