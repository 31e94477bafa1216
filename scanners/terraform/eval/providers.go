package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// provider is a provider configuration in the module that writes it.
type provider struct {
	m       *module
	block   *block // nil when there is none
	state   state
	region  evidence.Value[string]
	account evidence.Value[string]
}

// providerOf returns the provider that an instance uses.
func (m *module) providerOf(i *instance) Provider {
	name, alias := i.node.providerName()
	key := name
	if alias != "" {
		key += "." + alias
	}
	p := m.provider(key)
	p.evaluate()
	return Provider{Name: m.providerType(name), Alias: alias, Region: p.region, Account: p.account}
}

// providerName returns the local name and alias of a resource's provider: of its provider argument, or the first word of
// its type.
func (n *node) providerName() (name, alias string) {
	if t := traversalOf(n.conf.block.body.expr("provider")); t != nil {
		name = t.RootName()
		if len(t) > 1 {
			alias, _ = step(t[1])
		}
		return name, alias
	}
	name, _, _ = strings.Cut(n.conf.typ, "_")
	return name, ""
}

// providerType returns the type of the provider that has a local name.
func (m *module) providerType(name string) string {
	if typ := m.conf.sources[name]; typ != "" {
		return typ
	}
	return name
}

// provider returns the configuration that a name or name.alias stands for in m: the one that the call passes, m's own,
// or for a default configuration the caller's.
// https://developer.hashicorp.com/terraform/language/modules/develop/providers
func (m *module) provider(key string) *provider {
	if p := m.providers[key]; p != nil {
		return p
	}
	p := m.findProvider(key)
	m.providers[key] = p
	return p
}

func (m *module) findProvider(key string) *provider {
	if m.call != nil {
		if passed := m.passedProvider(key); passed != "" {
			return m.parent.provider(passed)
		}
	}
	switch b := m.conf.providers[key]; {
	case b != nil:
		return &provider{m: m, block: b}
	case m.call != nil && !strings.Contains(key, "."):
		return m.parent.provider(key)
	}
	return &provider{m: m}
}

// passedProvider returns the name in the calling module of what the call's providers argument passes for key.
func (m *module) passedProvider(key string) string {
	x := m.call.block.body.expr("providers")
	if x == nil {
		return ""
	}
	object, ok := x.hcl.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return ""
	}
	for _, item := range object.Items {
		if providerKey(item.KeyExpr) == key {
			return providerKey(item.ValueExpr)
		}
	}
	return ""
}

// providerKey returns the name or name.alias that an expression is.
func providerKey(e hclsyntax.Expression) string {
	if key, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		e = key.Wrapped
	}
	if t, ok := e.(*template); ok {
		e = t.TemplateExpr
	}
	t, diags := hcl.AbsTraversalForExpr(e)
	if diags.HasErrors() {
		v, ok := literal(e)
		if !ok || v.Type() != cty.String || v.IsNull() {
			return ""
		}
		if t = parseTraversal(v.AsString()); t == nil {
			return ""
		}
	}
	key := t.RootName()
	if len(t) > 1 {
		if alias, ok := step(t[1]); ok {
			key += "." + alias
		}
	}
	return key
}

// evaluate finds out the region and account of a provider configuration.
func (p *provider) evaluate() {
	if p.state != fresh {
		if p.state == running && p.region.Why().Code == "" {
			p.region = evidence.Unresolved[string](evidence.Because("reference_cycle", "address", "provider"))
			p.account = evidence.Unresolved[string](evidence.Because("reference_cycle", "address", "provider"))
		}
		return
	}
	p.state = running
	region, account := p.findRegion(), p.findAccount()
	p.region, p.account, p.state = region, account, done
}

func (p *provider) findRegion() evidence.Value[string] {
	unset := evidence.Unresolved[string](evidence.Because("provider_region_unset"))
	if p.block != nil {
		unset = unset.At(p.block.at.position(evidence.RoleDefaults))
	}
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if region := p.m.run.opts.Environ[name]; region != "" {
			unset = evidence.Known(region)
			break
		}
	}
	return p.attr("region").Text(unset)
}

// attr evaluates an attribute of the provider block.
func (p *provider) attr(name string) Attr {
	if p.block == nil {
		return Attr{name: name}
	}
	a := p.block.body.get(name)
	if a == nil {
		return Attr{name: name, at: p.block.at}
	}
	return Attr{name: name, value: p.m.eval(a.expr, nil), at: a.at}
}

// findAccount returns the account that the provider is bound to: the only one that it allows, or that of the role that
// it assumes.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#provider-configuration
func (p *provider) findAccount() evidence.Value[string] {
	unset := evidence.Unresolved[string](evidence.Because("provider_account_unset"))
	if p.block == nil {
		return unset
	}
	allowed := p.attr("allowed_account_ids")
	ids := allowed.Texts(unsetTexts())
	if list, ok := ids.Get(); ok && len(list) == 1 && len(ids.More()) == 0 {
		return evidence.Known(list[0]).At(allowed.At())
	}
	for _, typ := range []string{"assume_role", "assume_role_with_web_identity"} {
		roles := p.m.blocks(p.block.body, typ, nil).All
		if len(roles) == 0 {
			continue
		}
		role := roles[len(roles)-1].Attr("role_arn")
		arn, ok := role.Text(evidence.Value[string]{}).Get()
		if account := accountOf(arn); ok && account != "" {
			return evidence.Known(account).At(role.At())
		}
		if role.IsSet() {
			return evidence.Unresolved[string](firstReason(role.Why(), evidence.Because("provider_account_unset"))).At(role.At())
		}
	}
	return unset.At(p.block.at.position(evidence.RoleDefaults))
}

func unsetTexts() evidence.Value[[]string] { return evidence.Value[[]string]{} }

// accountOf returns the account of an ARN, "" when it has none.
func accountOf(arn string) string {
	fields := strings.SplitN(arn, ":", 6)
	if len(fields) < 6 || fields[0] != "arn" || len(fields[4]) != 12 {
		return ""
	}
	return fields[4]
}
