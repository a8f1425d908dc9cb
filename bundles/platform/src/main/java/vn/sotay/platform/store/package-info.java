/** The database: pool, transactions, migrations; the only place that knows Derby from PostgreSQL. */
@NullMarked
package vn.sotay.platform.store;

import org.jspecify.annotations.NullMarked;
