package fakeaws

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/aws/smithy-go/encoding/cbor"
)

// reply writes what a service answers in its protocol.
type reply struct {
	w       http.ResponseWriter
	service service
	id      string
}

// answer writes an answer, or with cut only its first half, and returns the status.
func (r reply) answer(op *Operation, a Answer, cut bool) int {
	body := a.Raw
	if body == nil {
		body = r.encode(op, a.Body)
	}
	if cut {
		body = body[:len(body)/2]
	}
	status := a.Status
	if status == 0 {
		status = http.StatusOK
	}
	return r.write(status, a.Header, body)
}

// settle is how long an answer waits that a client cannot read in one go. The SDK closes the request's body as soon as it sees the
// answer; when that is before the transport has looked for the body's end, which only happens on loopback, the transport closes
// the connection while the answer is read, https://github.com/aws/aws-sdk-go-v2/issues/2737.
const settle = time.Millisecond

func (r reply) write(status int, header map[string]string, body []byte) int {
	h := r.w.Header()
	h.Set("Content-Type", r.service.contentType())
	h.Set("X-Amzn-Requestid", r.id)
	h.Set("X-Amz-Request-Id", r.id)
	if r.service.Protocol == cborRPC {
		h.Set("Smithy-Protocol", "rpc-v2-cbor")
	}
	for name, value := range header {
		h.Set(name, value)
	}
	if len(body) > 2048 {
		time.Sleep(settle)
	}
	r.w.WriteHeader(status)
	_, _ = r.w.Write(body) // a client that is gone is no matter of the server's
	return status
}

// drop closes the connection.
func (r reply) drop() int {
	if connection, _, err := http.NewResponseController(r.w).Hijack(); err == nil {
		_ = connection.Close() // nobody is left to tell
	}
	return 0
}

// encode writes a body in the service's protocol.
func (r reply) encode(op *Operation, body Node) []byte {
	if body == nil {
		body = Node{}
	}
	_, name, _ := strings.Cut(op.Name, ".")
	switch r.service.Protocol {
	case query:
		return xmlBytes(r.service, name+"Response", Node{name + "Result": body, "ResponseMetadata": Node{"RequestId": r.id}})
	case ec2Query:
		return xmlBytes(r.service, name+"Response", with(Node{"requestId": r.id}, body))
	case restXML:
		root := op.Root
		if root == "" {
			root = name + "Result"
		}
		return xmlBytes(r.service, root, body)
	case cborRPC:
		return cbor.Encode(toCBOR(body))
	}
	return jsonBytes(body)
}

// error writes an error in the service's protocol, and returns the status.
func (r reply) error(e Error) int {
	status := e.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	header := map[string]string{}
	for name, value := range e.Header {
		header[name] = value
	}
	words := Node{"Code": e.Code, "Message": e.Message}
	switch {
	case r.service.Protocol == ec2Query:
		return r.write(status, header, xmlBytes(r.service, "Response",
			Node{"Errors": Node{"Error": words}, "RequestID": r.id}))
	case r.service.Package == "s3":
		return r.write(status, header, xmlBytes(r.service, "Error", with(words, Node{"RequestId": r.id, "HostId": "fake"})))
	case r.service.Protocol == query || r.service.Protocol == restXML:
		return r.write(status, header, xmlBytes(r.service, "ErrorResponse", Node{"Error": with(words, Node{"Type": "Sender"}), "RequestId": r.id}))
	case r.service.Protocol == cborRPC:
		return r.write(status, header, cbor.Encode(toCBOR(Node{"__type": e.Code, "message": e.Message})))
	case r.service.Protocol == restJSON:
		header["X-Amzn-Errortype"] = e.Code
		return r.write(status, header, jsonBytes(Node{"message": e.Message}))
	}
	return r.write(status, header, jsonBytes(Node{"__type": e.Code, "message": e.Message}))
}

func (s service) contentType() string {
	switch s.Protocol {
	case json10:
		return "application/x-amz-json-1.0"
	case json11:
		return "application/x-amz-json-1.1"
	case restJSON:
		return "application/json"
	case cborRPC:
		return "application/cbor"
	}
	return "text/xml"
}

func jsonBytes(n Node) []byte {
	body, err := json.Marshal(toJSON(n))
	if err != nil {
		panic("fakeaws: a body that JSON cannot hold: " + err.Error())
	}
	return body
}
