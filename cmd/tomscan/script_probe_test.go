package main

import (
	"crypto/tls"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// fakeSite runs `fakesite NAME [VERSION]`: a loopback site over TLS whose URL is in $NAME and whose certificate is in the file
// NAME.pem. VERSION is the lowest version that it accepts, 1.0 or 1.2.
func fakeSite(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		s.Fatalf("usage: fakesite NAME [VERSION]")
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		w.Header().Set("Set-Cookie", "session=canary-cookie")
		_, _ = w.Write([]byte("canary-body"))
	}))
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	if len(args) == 2 && args[1] == "1.0" {
		server.TLS.MinVersion = tls.VersionTLS10
	}
	server.Config.ErrorLog = nil
	server.StartTLS()
	s.Defer(server.Close)
	s.Setenv(args[0], server.URL)
	s.Check(os.WriteFile(s.MkAbs(args[0]+".pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
}
