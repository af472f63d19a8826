/// The stand-in Kong: a `kong` command line and its store, with the contract that real Kong 2.1.4
/// and 2.2.2 were observed to have. It is no gateway for anybody's traffic; it exists so that an
/// upgrade can be tried on a machine that has a JDK and nothing else.
///
/// It also plays Enterprise and the versions of its upgrade path. Those were not observed; what is
/// known of them, and what is assumed, stands in `sandbox/README.md`.
///
/// Start reading at [KongMain]; what it claims to do as Kong does, and what not, stands in
/// `sandbox/CONFORMANCE.md`.
@NullMarked
package io.changeover.sandbox.kong;

import org.jspecify.annotations.NullMarked;
