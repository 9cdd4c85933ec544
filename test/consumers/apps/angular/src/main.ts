// The libraries of Angular come half compiled; here the rest is done in the browser, as there is no Angular CLI.
import '@angular/compiler';
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { start } from '../../crm.js';
import { App } from './app.js';

document.querySelector('#app')!.append(document.createElement('app-root'));
await bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
start();
