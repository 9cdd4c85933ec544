import { mount } from 'svelte';
import App from './page.svelte';

mount(App, { target: document.querySelector('#widgets') });
