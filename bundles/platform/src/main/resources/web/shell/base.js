/** What every page is made of: htm bound to Preact, the hooks, the signals. */
import {h, render, Component, Fragment} from '../vendor/preact.js';
import {useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState} from '../vendor/preact-hooks.js';
import {batch, computed, effect, signal, useComputed, useSignal, useSignalEffect} from '../vendor/signals.js';
import htm from '../vendor/htm.js';

export const html = htm.bind(h);
export const hooks = {useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState};
export const signals = {batch, computed, effect, signal, useComputed, useSignal, useSignalEffect};
export {h, render, Component, Fragment};

/** Where this version of the shell lies: {@code /s/<hash>}. */
export const base = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
