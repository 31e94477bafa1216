// Package eval evaluates Terraform configurations, without a network and without a terraform binary, into resource
// instances. What the code does not decide stays unknown, with the reason, from the place where it is unknown to the
// setting that a reader asks for.
package eval

import (
	"github.com/tomscan/tomscan/evidence"
)

// Ref marks a value that stands for an attribute of a resource: of every computed attribute, which is unknown, and of
// the attributes that name a resource, which may be known. Marks survive templates, functions and conditionals.
type Ref struct {
	Address   string // full address of the instance, such as module.a["x"].aws_s3_bucket.b[0]
	Attribute string // empty when it is not known which one
	Part      bool   // the value only contains or may be the attribute: "${aws_s3_bucket.b.arn}/*"
}

// Instance is one evaluated instance of a managed resource or data source.
type Instance struct {
	*Block
	Address     string // module.a["x"].aws_db_instance.main[0]; [*] where the number of instances is unknown
	Type        string // aws_db_instance
	Name        string
	Data        bool // a data source
	Placeholder bool // stands for an unknown number of instances
	Provider    Provider
	Accepts     []Accept            // inline accepts written beside it
	Calls       []evidence.Position // the module calls that lead to it, innermost first; shared, not to be changed
}

// Provider is the provider configuration that an instance uses.
type Provider struct {
	Name    string // local name's type, such as aws
	Alias   string
	Region  evidence.Value[string]
	Account evidence.Value[string] // from allowed_account_ids or the role to assume, where one account is named
}

// Accept is an inline accept comment: `# tomscan:accept CHECK until=DATE owner=... ticket=... reason="..."`.
type Accept struct {
	Check  string
	Fields map[string]string // until, owner, ticket, reason
	At     evidence.Position
}

// Root is one root module, evaluated with one set of variables.
type Root struct {
	Dir       string      // slash path relative to the boundary; "." is the boundary itself
	Instances []*Instance // sorted by address; data sources included
	Gaps      []evidence.Gap
	Notes     []evidence.Gap
	Literals  []Literal
	Moved     []Moved
	index     *index
}

// Moved is a moved block: the resource or module at From is at To now. Both are addresses within their module,
// prefixed by the module's own address.
type Moved struct {
	From, To string
	At       evidence.Position
}

// Literal is a sensitive-looking literal outside of resources: the default of a variable, a line of a variables file, an
// argument of a provider.
// It never carries the text itself.
type Literal struct {
	Name string // variable's name, or provider.aws.secret_key for an argument of a provider
	At   evidence.Position
}
