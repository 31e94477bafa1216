// Package packets computes which addresses get through the packet filter of a host, from the rules of nftables, iptables and ufw.
//
// For packets of a protocol to a port it gives two sets of addresses: those that surely get through, and those that are not provably
// stopped. A match that is not understood, or that depends on more than a packet's addresses and ports, makes the sets differ; it
// never decides. The rule that did so is named.
//
// Sure means: a lone client with an ordinary packet, that has done nothing before. Not provably stopped means: any packet that opens a
// connection, whatever else it carries, at any time.
package packets
