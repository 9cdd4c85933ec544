import { createApp } from 'vue';
import { start } from '../../crm.ts';
import App from './app.vue';

createApp(App).mount('#app');
start();
