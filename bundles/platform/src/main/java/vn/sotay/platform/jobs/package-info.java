/**
 * Long work: it goes on while its caller does something else, tells how far it is, can be cancelled, and survives a restart, since what
 * it did and what is left stands in the database. Read {@link vn.sotay.api.job.JobKind} first.
 */
@NullMarked
package vn.sotay.platform.jobs;

import org.jspecify.annotations.NullMarked;
