import './styles/global.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { keepApp } from './lib/worker.ts';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element to start in.');
mount(App, { target });
keepApp();
