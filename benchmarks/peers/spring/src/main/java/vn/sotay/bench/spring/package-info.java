/** A Spring Boot service with the list of a cell's members, as it would be written by the book. */
@NullMarked
package vn.sotay.bench.spring;

import org.jspecify.annotations.NullMarked;
