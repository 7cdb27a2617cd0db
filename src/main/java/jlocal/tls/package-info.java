/** The user's certificate authority for local HTTPS, and the trust stores it is added to. */
@NullMarked
package jlocal.tls;

import org.jspecify.annotations.NullMarked;
