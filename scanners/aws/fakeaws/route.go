package fakeaws

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/aws/smithy-go/encoding/cbor"
)

// scope is what a request's signature says.
type scope struct{ account, region, signing string }

var credential = regexp.MustCompile(`Credential=[A-Z]*?(\d{12})/\d{8}/([^/]+)/([^/]+)/aws4_request`)

// scopeOf reads the signature's scope, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
func scopeOf(r *http.Request) scope {
	m := credential.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return scope{}
	}
	return scope{account: m[1], region: m[2], signing: m[3]}
}

// router finds operations.
type router struct {
	services   []service
	operations map[string]*Operation
	routes     map[string][]route
}

func newRouter(operations []Operation) router {
	r := router{services: services(), operations: map[string]*Operation{}, routes: map[string][]route{}}
	for i := range operations {
		op := &operations[i]
		r.operations[op.Name] = op
		if op.Path != "" {
			r.routes[packageOf(op.Name)] = append(r.routes[packageOf(op.Name)], newRoute(op))
		}
	}
	for _, routes := range r.routes {
		sortRoutes(routes)
	}
	return r
}

// find returns the service and the operation of a request with its parameters.
func (o router) find(r *http.Request, signing string, body []byte) (service, *Operation, Params, bool) {
	svc, ok := o.service(r, signing, body)
	if !ok {
		return service{Protocol: json11}, nil, nil, false
	}
	params := Params{}
	name := ""
	switch svc.Protocol {
	case json10, json11:
		target := r.Header.Get("X-Amz-Target")
		name = target[strings.LastIndex(target, ".")+1:]
		params.json(body)
	case query, ec2Query:
		form, _ := url.ParseQuery(string(body))
		name, params, r.PostForm = form.Get("Action"), Params(form), form
	case cborRPC:
		_, name, _ = strings.Cut(r.URL.Path, "/operation/")
		params.cbor(body)
	case restJSON, restXML:
		return o.rest(r, svc, body)
	}
	op, ok := o.operations[svc.Package+"."+name]
	return svc, op, params, ok
}

// rest finds an operation by method, path and query.
func (o router) rest(r *http.Request, svc service, body []byte) (service, *Operation, Params, bool) {
	for _, route := range o.routes[svc.Package] {
		variables, ok := route.match(r)
		if !ok {
			continue
		}
		params := Params(r.URL.Query())
		if svc.Protocol == restJSON {
			params.json(body)
		}
		for name, value := range variables {
			params[name] = []string{value}
		}
		return svc, route.operation, params, true
	}
	return svc, nil, nil, false
}

// service finds the client that sent the request.
func (o router) service(r *http.Request, signing string, body []byte) (service, bool) {
	best, found := service{}, false
	for _, s := range o.services {
		switch {
		case s.Signing != signing:
		case s.Version != "" && !strings.Contains("&"+string(body)+"&", "&Version="+s.Version+"&"):
		case s.PathPrefix != "" && !strings.HasPrefix(r.URL.Path, s.PathPrefix):
		case !found || s.PathPrefix != "":
			best, found = s, true
		}
	}
	return best, found
}

func (p Params) json(body []byte) {
	var doc any
	if json.Unmarshal(body, &doc) == nil {
		p.flatten("", doc)
	}
}

func (p Params) cbor(body []byte) {
	if value, err := cbor.Decode(body); err == nil {
		p.flatten("", plainCBOR(value))
	}
}
