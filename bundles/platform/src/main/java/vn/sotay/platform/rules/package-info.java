/**
 * Rule packs: regulations as dated, cited data. {@link vn.sotay.platform.rules.RuleFiles} reads them, {@link vn.sotay.platform.rules.RuleBook}
 * answers from memory.
 */
@NullMarked
package vn.sotay.platform.rules;

import org.jspecify.annotations.NullMarked;
