/**
 * Names for the apps of a user: {@code http://shop.localhost:8080}, whichever app listens on 8080.
 * That app passes connections on to the routers of the others; when it ends, one of them takes its
 * place.
 */
@NullMarked
package jlocal.names;

import org.jspecify.annotations.NullMarked;
