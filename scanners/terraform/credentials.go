package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// credentials reads the arguments that hold passwords, keys and tokens: where each comes from, never what it is.
func credentials() reader {
	return reader{
		types: credentialTypes(),
		kinds: []evidence.Kind{evidence.Credential{}.Kind()},
		root:  literals,
		read: func(_ *eval.Root, i *eval.Instance) []observation {
			var all []observation
			for _, path := range credentialArguments()[i.Type] {
				all = append(all, credentialsAt(i.Block, strings.Split(path, "."), "")...)
			}
			all = append(all, variablesOf(i)...)
			return append(all, parameterOf(i)...)
		},
	}
}

// literals are the credentials that the code writes outside of resources: one for each variable or provider's argument.
func literals(r *eval.Root) []observation {
	at := map[string][]evidence.Position{}
	for _, l := range r.Literals {
		address := "var." + l.Name
		if strings.HasPrefix(l.Name, "provider.") {
			address = l.Name
		}
		at[address] = append(at[address], l.At)
	}
	var all []observation
	for _, address := range slices.Sorted(maps.Keys(at)) {
		all = append(all, observation{address: address, at: at[address], resource: evidence.Credential{
			Argument: evidence.Known(address[strings.LastIndex(address, ".")+1:]).At(at[address]...),
			Origin:   evidence.Known(string(eval.OriginLiteral)).At(at[address]...),
		}})
	}
	return all
}

// credentialsAt reads the argument at the end of a path through nested blocks; all blocks of a name are taken.
func credentialsAt(b *eval.Block, path []string, prefix string) []observation {
	name := path[0]
	if len(path) == 1 {
		if strings.HasPrefix(name, "*") {
			return credentialsIn(b, name[1:], prefix+name[1:])
		}
		return credentialOf(b.Attr(name), prefix+name)
	}
	blocks := b.Blocks(name)
	var all []observation
	for n, nested := range blocks.All {
		step := name
		if len(blocks.All) > 1 {
			step = fmt.Sprintf("%s[%d]", name, n)
		}
		all = append(all, credentialsAt(nested, path[1:], prefix+step+".")...)
	}
	return all
}

// credentialOf reads one argument. One that is unset or empty holds no credential.
func credentialOf(a eval.Attr, path string) []observation {
	if a.IsUnset() || evidence.IsKnown(a.Text(evidence.Known("")), "") {
		return nil
	}
	return []observation{credential(path, a.Origin(), a.Why(), a.At())}
}

// credential makes the observation of one argument. Its excerpt shows the name alone.
func credential(path string, origin eval.Origin, why evidence.Reason, at evidence.Position) observation {
	if at.Excerpt != "" {
		at.Excerpt = path + " = ***"
	}
	from := evidence.Known(string(origin)).At(at)
	if origin == eval.OriginUnresolved {
		from = evidence.Unresolved[string](reasonOr(why)).At(at)
	}
	argument := path[strings.LastIndex(path, ".")+1:]
	return observation{suffix: path, resource: evidence.Credential{
		Argument: evidence.Known(argument).At(at),
		Origin:   from,
	}}
}

// credentialsIn reads the members of a map whose names sound like a credential's.
func credentialsIn(b *eval.Block, name, path string) []observation {
	members := b.Block(name)
	var all []observation
	for _, member := range memberNames(b.Attr(name).Value()) {
		a := members.Attr(member)
		if soundsSecret(member) && looksSecret(a.Value()) {
			all = append(all, credentialOf(a, path+"."+member)...)
		}
	}
	return all
}

// parameterOf reads the value of a parameter that is stored as a secret, or is called one.
func parameterOf(i *eval.Instance) []observation {
	if i.Type != "aws_ssm_parameter" {
		return nil
	}
	kind := i.Attr("type").Text(evidence.Known("String"))
	name, _ := i.Attr("name").Text(evidence.Known("")).Get()
	if !evidence.IsKnown(kind, "SecureString") && !(soundsSecret(name) && looksSecret(i.Attr("value").Value())) {
		return nil
	}
	var all []observation
	for _, argument := range []string{"insecure_value", "value", "value_wo"} {
		all = append(all, credentialOf(i.Attr(argument), argument)...)
	}
	return all
}

// soundsSecret says whether a name is that of a password, key or token, and not of something about one.
func soundsSecret(name string) bool {
	name = strings.ToLower(strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(name))
	ends := func(word string) bool { return strings.HasSuffix(name, word) }
	holds := func(word string) bool { return strings.Contains(name, word) }
	return !slices.ContainsFunc(wordsAboutSecrets(), ends) && slices.ContainsFunc(wordsForSecrets(), holds)
}

func wordsForSecrets() []string {
	return []string{
		"accesskey", "apikey", "authkey", "credential", "encryptionkey", "passphrase", "passwd", "password", "privatekey",
		"secret", "signingkey", "token",
	}
}

// wordsAboutSecrets end the names of what says where a credential is, or how it is made.
func wordsAboutSecrets() []string {
	return []string{
		"algorithm", "arn", "audience", "bucket", "directory", "enabled", "endpoint", "expiration", "expiry", "file", "format",
		"header", "host", "id", "issuer", "length", "name", "param", "parameter", "path", "pattern", "policy", "prefix", "region",
		"rotation", "scope", "store", "table", "timeout", "ttl", "type", "units", "uri", "url", "validity", "version",
	}
}

// looksSecret says whether a value can be a credential: text that is no ARN, path, flag or number. What is not known
// can be one.
func looksSecret(v cty.Value) bool {
	if v == cty.NilVal || v.IsNull() {
		return false
	}
	if !v.IsKnown() {
		return true
	}
	if v.Type() != cty.String {
		return false
	}
	text := v.AsString()
	switch {
	case text == "" || strings.EqualFold(text, "true") || strings.EqualFold(text, "false"):
		return false
	case strings.HasPrefix(text, "/") && strings.Count(text, "/") > 1, strings.HasPrefix(text, "./"), strings.HasPrefix(text, "../"):
		return false // the path of a parameter or of a file
	case strings.HasPrefix(text, "arn:") || strings.HasPrefix(text, "{{resolve:"):
		return false
	}
	return strings.Trim(text, "0123456789.") != ""
}
