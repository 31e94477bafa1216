// Package pam computes what a PAM stack demands: whether each way to success passes a password check, and whether each passes a second
// factor. It follows the control flow of libpam (_pam_dispatch): actions, jumps, includes and substacks, over all outcomes that the
// modules may have. What a module that is not known here may do leaves the answer undecided.
//
// https://man7.org/linux/man-pages/man5/pam.conf.5.html
package pam
