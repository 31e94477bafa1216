package terraform

import (
	"fmt"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// variablesOf reads the environment variables of programs whose names sound like a credential's.
func variablesOf(i *eval.Instance) []observation {
	switch i.Type {
	case "aws_ecs_task_definition":
		return containerVariables(i.Attr("container_definitions"), "container_definitions")
	case "aws_batch_job_definition":
		return containerVariables(i.Attr("container_properties"), "container_properties")
	case "aws_codebuild_project":
		return namedVariables(i.Block.Block("environment").Blocks("environment_variable"), "environment.", "PLAINTEXT")
	case "aws_elastic_beanstalk_environment":
		return settingVariables(i.Blocks("setting"))
	}
	return nil
}

// namedVariables reads blocks with a name, a value and perhaps a type; other types than plain refer to a secret store.
func namedVariables(blocks eval.Blocks, prefix, plain string) []observation {
	var all []observation
	for _, b := range blocks.All {
		name, _ := b.Attr("name").Text(evidence.Known("")).Get()
		typ := b.Attr("type").Text(evidence.Known(plain))
		if evidence.IsKnown(typ, plain) && soundsSecret(name) && looksSecret(b.Attr("value").Value()) {
			all = append(all, credentialOf(b.Attr("value"), prefix+name)...)
		}
	}
	return all
}

// settingVariables reads the settings of an environment that become variables.
func settingVariables(blocks eval.Blocks) []observation {
	var variables eval.Blocks
	for _, b := range blocks.All {
		if evidence.IsKnown(b.Attr("namespace").Text(evidence.Known("")), "aws:elasticbeanstalk:application:environment") {
			variables.All = append(variables.All, b)
		}
	}
	return namedVariables(variables, "setting.", "")
}

// containerVariables reads the environments within the JSON text of container definitions. Their secrets blocks refer to
// a secret store and hold none.
func containerVariables(a eval.Attr, path string) []observation {
	if a.IsUnset() {
		return nil
	}
	doc, known, why := a.JSON()
	if !known {
		return nil
	}
	containers, _ := elements(doc, why)
	var all []observation
	for n, container := range containers {
		step := fmt.Sprintf("%s[%d].", path, n)
		if name, ok := plainText(member(container, "name")); ok {
			step = path + "." + name + "."
		}
		variables, _ := elements(member(container, "environment"), why)
		for _, variable := range variables {
			name, ok := plainText(member(variable, "name"))
			value := member(variable, "value")
			if value == cty.NilVal {
				continue
			}
			if plain, _ := value.UnmarkDeep(); ok && soundsSecret(name) && looksSecret(plain) {
				all = append(all, credential(step+name, eval.OriginOf(value), a.Why(), a.At()))
			}
		}
	}
	return all
}

// plainText is the text of a value that is known.
func plainText(v cty.Value) (string, bool) {
	if v == cty.NilVal {
		return "", false
	}
	t := termOf(v, evidence.Reason{})
	return t.Text, t.Known
}
